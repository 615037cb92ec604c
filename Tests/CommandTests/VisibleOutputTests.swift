import Foundation
import Testing

extension CommandLineTests {
    @Suite("Nothing from a file or a program gives orders to the terminal")
    struct VisibleOutputTests {
        static let hostile = "a\\e[31m\\0\\a\\x7f\\x9b2J\\u202e"

        static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
            scalar != "\n" && scalar != "\t"
                && [.control, .format, .lineSeparator, .paragraphSeparator].contains(
                    scalar.properties.generalCategory)
        }

        static func check(_ text: String, _ name: String) {
            let hidden = text.unicodeScalars.filter(isHidden).map { String($0.value, radix: 16) }
            #expect(hidden.isEmpty, "\(name): \(hidden.prefix(5))")
        }

        static var study: String {
            "title: \"\(hostile)\"\nclaim: {statement: \"\(hostile)\", source: \"\(hostile)\"}\n"
                + SmallStudy.text
                + "expect: [{measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 1}]\n"
        }

        @Test("in any output of a check or a report")
        func outputs() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s\u{1B}[31m.yaml", Self.study)
            let out = scratch.path + "/out"
            let checked = try await Tool.run(
                [
                    "check", file, "--out", out, "--baseline", scratch.path + "/b", "--junit",
                    scratch.path + "/junit.xml", "--code-quality", scratch.path + "/quality.json",
                    "--summary", scratch.path + "/summary.md", "--annotations", "github",
                ])
            #expect(checked.code != 3 && checked.code != 64, "\(checked)")
            Self.check(checked.output + checked.errors, "check")
            let ran = try await Tool.run("run", file, "--out", out)
            Self.check(ran.output + ran.errors, "run")
            #expect(ran.output.contains("\na\\x1b[31m\\x00\\x07\\x7f\\x9b2J\\u202e\n"), "\(ran.output)")
            let formats = "html,csv,json,terminal,figure-csv,svg,pgfplots,gnuplot,vega-lite"
            let report = try await Tool.run("report", out + "/small/result.json", "--format", formats)
            #expect(report.code == 0)
            Self.check(report.output + report.errors, "report")
            for name in scratch.content where !name.hasSuffix(".part") && !name.hasSuffix(".lock") {
                guard let text = try? String(contentsOfFile: scratch.path + "/" + name, encoding: .utf8)
                else { continue }
                Self.check(text, name)
            }
        }

        @Test(
            "in any error, which quotes the file",
            arguments: [
                ("study: small", "study: \"\(hostile)\""), ("measures:", "\"\(hostile)\": 1\nmeasures:"),
                ("euler-maruyama", "\"\(hostile)\""), ("duration: 20", "duration: \"\(hostile)\""),
                ("paths: 2048", "paths: 2048, \"\(hostile)\": 1"), ("0.25", "\"\(hostile)\""),
                ("duration: 20", "duration: 20\n  topology: \"\(hostile)\""),
                ("[euler-maruyama]", "[{solver: \"\(hostile)\", command: [\"true\"]}]"),
                (
                    "duration: 20",
                    "duration: 20\n  topology: {recurrent: {populations: {E: {size: 2}}, edges: \"\(hostile)\"}}"
                ),
            ])
        func errors(_ original: String, _ other: String) async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s\u{1B}.yaml", SmallStudy.text.replacing(original, with: other))
            let outcome = try await Tool.run("run", file, "--out", scratch.path + "/out")
            #expect(outcome.code == 64)
            Self.check(outcome.errors + outcome.output, "\(outcome.errors)")
            #expect(outcome.errors.contains("s\\x1b.yaml"))
        }

        @Test("in what a solver printed")
        func solver() async throws {
            let scratch = try Scratch()
            let command = "[sh, -c, \"printf 'x\\\\033[2J\\\\007y' >&2; exit 1\", \"{request}\", \"{reply}\"]"
            let text = SmallStudy.text.replacing(
                "[euler-maruyama]", with: "[{solver: bad, command: \(command)}]")
            let file = try scratch.file("s.yaml", text)
            let outcome = try await Tool.run("run", file, "--out", scratch.path + "/out")
            #expect(outcome.code == 3)
            Self.check(outcome.errors + outcome.output, "run")
            #expect(outcome.errors.contains("x\\x1b[2J\\x07y"), "\(outcome.errors)")
        }
    }
}
