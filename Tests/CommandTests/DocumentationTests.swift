import ConvergenceStudies
import Foundation
import Subprocess
import Testing
import spikeverify

/// What README and articles show works as it stands: copied from there, without a change.
@Suite("Code in README and articles")
struct DocumentationTests {
    @Test("Swift is that of the consumer package, to the letter")
    func swift() throws {
        let sources = try Consumer.programs.flatMap(Consumer.sources).map {
            try String(contentsOfFile: $0, encoding: .utf8)
        }
        let blocks = Documentation.blocks("swift")
        for block in blocks {
            #expect(sources.contains { $0.contains(block.text) }, "\(block)")
        }
        let articles = Set(blocks.map(\.article))
        #expect(articles.count >= 6, "\(articles.sorted())")
    }

    /// Modules are built for every test run; another package's name hides all from it that is not public.
    @Test("the consumer package needs nothing but what is public", arguments: Consumer.programs)
    func access(_ program: String) async throws {
        let outcome = try await Tool.run(
            try #require(Tool.find("swiftc")),
            ["-typecheck", "-swift-version", "6", "-package-name", "consumer"] + BuiltModules.options
                + Consumer.sources(program))
        #expect(outcome.code == 0, "\(outcome.errors)")
    }

    @Test("YAML is a study, or becomes one with the rest of a study around it")
    func yaml() throws {
        // WorkflowTests run these.
        let blocks = Documentation.blocks("yaml").filter { !$0.text.contains("SPIKEVERIFY_SOURCE") }
        #expect(blocks.count >= 4)
        for block in blocks {
            #expect(throws: Never.self, "\(block)") {
                try StudyFile.parseAll(Self.completed(block.text), file: block.article)
            }
        }
    }

    /// A study of what a block has, and of these keys where it has them not.
    private static func completed(_ block: String) -> String {
        let found = [("lyapunov-V", "lyapunov"), ("good-set", "good-set")].filter { block.contains($0.0) }
        let further = found.map { ", " + $0.1 }.joined()
        let usual = [
            "study": "some-study", "problem": "{initial: {stationary: 500}, duration: 100}",
            "integrators": "[euler-maruyama]",
            "steps": "[0.5, 0.25, 0.125]", "sampling": "{paths: 1024}",
            "measures": "[strong-final, {weak: cos-V}, count-mismatch\(further)]",
        ]
        // Indented keys are those of a problem.
        let text = block.hasPrefix(" ") ? "problem:\n\(block)  duration: 100\n" : block
        let missing = usual.keys.sorted().filter { key in !"\n\(text)".contains("\n\(key):") }
        return text + missing.map { "\($0): \(usual[$0]!)\n" }.joined()
    }

    /// A shell takes the lines apart; in place of the program it has a function that shows its arguments.
    @Test("commands have arguments that the program knows")
    func commands() async throws {
        let show = "spikeverify() { printf '%s\\037' \"$@\"; echo; }\n"
        var count = 0
        for block in Documentation.blocks("sh") {
            let lines = block.text.replacing("\\\n", with: " ").split(separator: "\n").compactMap { line in
                line.firstRange(of: #/(^|&& |-c release )spikeverify /#).map {
                    "spikeverify " + line[$0.upperBound...]
                }
            }
            guard !lines.isEmpty else { continue }
            let scratch = try Scratch()
            let outcome = try await Tool.run(
                .path("/bin/sh"), ["-c", show + lines.joined(separator: "\n")], in: scratch.path)
            let commands = outcome.output.split(separator: "\n")
            #expect(outcome.code == 0 && commands.count == lines.count, "\(block)")
            for command in commands {
                let arguments = command.split(separator: "\u{1F}").map(String.init)
                #expect(throws: Never.self, "\(block.article): \(arguments)") {
                    try Spikeverify.parseAsRoot(arguments)
                }
                count += 1
            }
        }
        #expect(count >= 15)
    }

    @Test("articles link to articles and files that are there")
    func links() throws {
        let titles = Set(Documentation.articles.map { $0.split(separator: "/").last!.dropLast(3) })
        var count = 0
        for article in Documentation.articles {
            let text = try Documentation.text(article)
            for link in text.matches(of: /<doc:([A-Za-z-]+)>/) {
                #expect(titles.contains(link.1), "\(article): \(link.0)")
                count += 1
            }
            for link in text.matches(of: /\]\(([^)#:\s]+)\)/) {
                let folder = "\(Documentation.root)/\(article)".split(separator: "/").dropLast().joined(
                    separator: "/")
                #expect(
                    FileManager.default.fileExists(atPath: "/\(folder)/\(link.1)"), "\(article): \(link.1)")
                count += 1
            }
        }
        #expect(count >= 20)
    }
}
