import ConvergenceStudies
import Foundation
import Testing

@Suite("Text that is no study file is refused early")
struct StudyFileTextTests {
    @Test(arguments: [
        ("", "the file holds no study"),
        ("▸# only a comment\n".replacing("▸", with: ""), "the file holds no study"),
        ("▸hello", "is \"hello\" where a mapping is wanted"),
        ("▸[study]", "is a list where a mapping is wanted"),
        ("study: small\n▸---\nstudy: other", "second YAML document"),
        ("study: small\n  title▸: x", "not valid YAML: mapping values are not allowed"),
        ("study: [a, b\n▸", "not valid YAML"),
        ("study: a\n▸\ttitle: b", "indent with spaces"),
        ("study: a\ntitle: ▸\u{1}", "control characters are not allowed"),
        ("▸steps: [0.5]\nstudy: a\nsteps: [1]\n", "steps: the same key is given more than once"),
        ("study: &a [x]\ntitle: ▸*a", "aliases (*name) are not supported"),
    ])
    func refused(_ marked: String, _ fragment: String) {
        let marked = MarkedText(marked.contains("▸") ? marked : "▸" + marked)
        expectRefusal(of: marked.text, at: marked.place, [fragment])
    }

    @Test("aliases of aliases are refused before they are expanded")
    func aliasExplosion() {
        let levels = (1...60).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }
        expectRefusal(of: "a0: &a0 [x]\n" + levels.joined() + "? *a60\n: 1\n", at: "2:10", ["not supported"])
    }

    @Test("deep nesting and endless lists neither crash nor stall")
    func depthAndLength() {
        for text in [String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000)] {
            #expect(throws: StudyFileError.self) { try StudyFile.parse(text, file: "s.yaml") }
        }
        let steps = String(repeating: "0.3, ", count: 100_000)
        expectRefusal(
            of: StudyText.replacing("[0.5, 0.25]", with: "[\(steps)]"), at: "9:8",
            ["100000 entries", "split the study"])
    }

    @Test("at most twenty errors are printed, and the rest counted")
    func manyErrors() {
        let text = StudyText.valid + (1...50).map { "unknown\($0): 1\n" }.joined()
        #expect {
            try StudyFile.parse(text, file: "s.yaml")
        } throws: { error in
            let lines = "\(error)".split(separator: "\n")
            return lines.count == 21 && lines.last == "s.yaml: and 30 more problems like these"
        }
    }

    @Test("a comment may hold anything")
    func comments() throws {
        _ = try StudyFile.parse("# *not* an [alias: *x\n" + StudyText.valid, file: "s.yaml")
    }

    @Test("other line ends and a byte order mark are fine")
    func encodings() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        let text = StudyText.valid.replacing("\n", with: "\r\n")
        try Data(("\u{FEFF}" + text).utf8).write(to: file)
        #expect(try StudyFile.read(path: file.path).text == text)
    }

    @Test("what is wrong with a file as a whole is said without a line")
    func files() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        func refusal(_ path: String) -> String {
            do {
                _ = try StudyFile.read(path: path)
                return "accepted"
            } catch {
                return error.description
            }
        }
        let binary = directory.appendingPathComponent("binary.yaml")
        try Data("study: a\ntitle: \u{e9}x".utf8 + [0xFF, 0xFE]).write(to: binary)
        #expect(refusal(binary.path).hasPrefix("\(binary.path):2:10: the file is not UTF-8 text; "))
        #expect(refusal(directory.path).hasPrefix("\(directory.path): is a directory; "))
        #expect(refusal("/dev/zero") == "/dev/zero: is not a regular file; save the study to a file first")
        let large = directory.appendingPathComponent("large.yaml")
        try Data(repeating: UInt8(ascii: "#"), count: 1 << 20).write(to: large)
        #expect(refusal(large.path).contains("the file holds no study"))
        try Data(repeating: UInt8(ascii: "#"), count: 1 << 20 + 1).write(to: large)
        #expect(
            refusal(large.path).hasPrefix(
                "\(large.path): has 1048577 bytes, and a study file has at most 1048576; check"))
        #expect(
            refusal(directory.path + "/none").contains("cannot be opened: No such file or directory; check"))
    }
}
