import Foundation
import TestSupport

/// README and articles, and the code in them.
enum Documentation {
    /// A fenced block.
    struct Block: CustomStringConvertible, Sendable {
        var article: String
        var language: String
        var text: String

        var description: String { "\(article): \(text.prefix { $0 != "\n" }) …" }
    }

    static let root = Repository.folder.path

    /// Paths from the root.
    static let articles: [String] = {
        let sources =
            FileManager.default.enumerator(atPath: root + "/Sources")?.compactMap { $0 as? String } ?? []
        return ["README.md"]
            + sources.filter { $0.contains(".docc/") && $0.hasSuffix(".md") }.sorted().map { "Sources/" + $0 }
    }()

    static func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
    }

    /// All blocks of a language, in order.
    static func blocks(_ language: String) -> [Block] {
        articles.flatMap { article -> [Block] in
            let lines = ((try? text(article)) ?? "").split(separator: "\n", omittingEmptySubsequences: false)
            var blocks: [Block] = []
            var open: Block?
            for line in lines {
                if line.hasPrefix("```") {
                    if let block = open { blocks.append(block) }
                    open =
                        open == nil
                        ? Block(article: article, language: String(line.dropFirst(3)), text: "") : nil
                } else {
                    open?.text += line + "\n"
                }
            }
            return blocks.filter { $0.language == language }
        }
    }
}

/// The package in Tests/Consumer, which depends on this one like any other.
enum Consumer {
    static let folder = Documentation.root + "/Tests/Consumer"

    static let programs: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/Sources")) ?? []).sorted()

    /// The source files of a program.
    static func sources(_ program: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/Sources/\(program)").sorted().map {
            "\(folder)/Sources/\(program)/\($0)"
        }
    }
}

/// The modules that were built for the tests.
enum BuiltModules {
    private static let folder = URL(fileURLWithPath: Tool.path).deletingLastPathComponent()

    /// What a compiler needs to find them, and what is in C below them.
    static var options: [String] {
        let checkouts = folder.appending(path: "../../checkouts").standardizedFileURL.path
        let maps =
            [Documentation.root + "/Sources/CGSL/module.modulemap"]
            + matches("\(folder.path)/*.build/module.modulemap")
            + matches("\(checkouts)/*/Sources/*/include/module.modulemap")
        return ["-I", folder.path + "/Modules"] + maps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
    }

    /// The triple of this machine.
    static func target() async throws -> String {
        struct Information: Decodable {
            struct Target: Decodable { var unversionedTriple: String }
            var target: Target
        }
        guard let swiftc = Tool.find("swiftc") else { return "" }
        let text = try await Tool.run(swiftc, ["-print-target-info"]).output
        return try JSONDecoder().decode(Information.self, from: Data(text.utf8)).target.unversionedTriple
    }

    /// The files that a shell pattern matches.
    private static func matches(_ pattern: String) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, 0, nil, &found) == 0 else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
    }
}
