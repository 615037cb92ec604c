import ConvergenceStudies
import Foundation
import TestSupport
import Testing
import Yams

/// Numbers on which readers of YAML differ, in place of every number of the study files there are.
@Suite("Numbers that not all readers of YAML read alike")
struct AmbiguousNumeralTests {
    static let forms: [(text: String, fragments: [String])] = [
        ("010", ["10, to others 8 (octal); write 10 (or 8, if octal is meant)"]),
        ("-010", ["; write -10 (or -8, if octal is meant)"]),
        ("08", ["8, to others text; write 8"]),
        ("00.5", ["; write 0.5"]),
        ("1_000", ["1000, to others text; write 1000"]),
        ("1_000.5", ["; write 1000.5"]),
        ("1:30", ["90 (base 60), to others text; write 90"]),
        ("1:00:00.5", ["; write 3600.5"]),
        ("0x10", ["16 (base 16), to others text; write 16"]),
        ("0o17", ["; write 15"]),
        ("0b101", ["; write 5"]),
        ("yes", []), ("on", []), ("True", []), ("~", []), ("12:00", ["; write 720"]),
    ]

    static let plain = ["+5", ".5", "5.", "+.5", "1e3", "1E+3", "1.5e-06", "-0", "0", "0.5", "0e0"]

    /// Each number of the repository's studies, with its key and the text before and after it.
    struct Place {
        var key: String
        var before: String
        var after: String
    }

    static func places(in text: String) throws -> [Place] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var places: [Place] = []
        func visit(_ node: Node, _ key: String) {
            switch node {
            case .mapping(let mapping):
                for (name, value) in mapping {
                    visit(value, key.isEmpty ? name.string! : "\(key).\(name.string!)")
                }
            case .sequence(let sequence): sequence.forEach { visit($0, key) }
            case .scalar(let scalar):
                guard scalar.style == .plain, Double(scalar.string) != nil, let mark = node.mark else {
                    return
                }
                let scalars = lines[mark.line - 1].unicodeScalars
                let start = scalars.index(scalars.startIndex, offsetBy: mark.column - 1)
                let end = scalars.index(start, offsetBy: scalar.string.unicodeScalars.count)
                places.append(
                    Place(
                        key: key,
                        before: (lines[..<(mark.line - 1)].map(String.init) + [String(scalars[..<start])])
                            .joined(separator: "\n"),
                        after: ([String(scalars[end...])] + lines[mark.line...].map(String.init))
                            .joined(separator: "\n")))
            case .alias: break
            }
        }
        if let root = try Yams.compose(yaml: text) { visit(root, "") }
        return places
    }

    static var studies: [(path: String, text: String)] {
        let folder = Repository.folder.appending(path: "convergence")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)!
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "yaml" }
        let texts = files.compactMap { file in
            (try? String(contentsOf: file, encoding: .utf8)).map { (file.path, $0) }
        }
        return texts.sorted { $0.0 < $1.0 } + StudyFileExtremesTests.texts.map { ("s.yaml", $0) }
    }

    @Test("are refused at every numeric key, with the plain way to write them")
    func everyKey() throws {
        var seen: [String: Int] = [:]
        for (path, text) in Self.studies {
            // Two of each key will do.
            for place in try Self.places(in: text) where seen[place.key, default: 0] < 2 {
                seen[place.key, default: 0] += 1
                for form in Self.forms {
                    do {
                        _ = try StudyFile.parseAll(place.before + form.text + place.after, file: path)
                        Issue.record("\(path): \(place.key): \(form.text) accepted")
                    } catch {
                        let problem = error.problems.first {
                            place.key.hasSuffix($0.keyPath) || $0.keyPath.hasSuffix(place.key)
                        }
                        #expect(problem != nil, "\(error)")
                        for fragment in form.fragments { #expect("\(error)".contains(fragment), "\(error)") }
                    }
                }
            }
        }
        #expect(seen.count > 60, "\(seen.keys.sorted())")
    }

    @Test("and what YAML 1.2 and others agree on is taken", arguments: plain)
    func agreed(_ form: String) throws {
        let study = try StudyFile.parse(
            StudyText.replacing("E_L: 0", with: "E_L: \(form)"), file: "s.yaml")
        #expect(study.problem.models[0].restingPotential == Double(form))
    }

    @Test(
        "an answer is true or false",
        arguments: [
            Refusal("reference:", "replay: ▸yes\nreference:", "replay: ", "write true"),
            Refusal("reference:", "replay: ▸Off\nreference:", "write false"),
            Refusal("reference:", "replay: ▸\"true\"\nreference:", "the text \"true\"", "write true"),
            Refusal("reference:", "replay: ▸maybe\nreference:", "unknown answer"),
        ])
    func answer(_ refusal: Refusal) { refusal.check() }
}
