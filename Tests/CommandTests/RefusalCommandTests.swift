import Foundation
import Testing

extension CommandLineTests {
    @Suite("Bad input: exit code 64, a place, a remedy, and nothing written")
    struct RefusalCommandTests {
        /// What is replaced in the small study by what, and how the message goes on after the file's name.
        static let spoilt: [(String, String, String)] = [
            ("measures:", "measurez:", ":7:1: measurez: unknown key; did you mean \"measures\"?"),
            ("tau_s: 5", "tau_x: 5", ":3:27: problem.parameters.tau_x: unknown key; did you mean"),
            (
                "euler-maruyama", "euler-maruyma",
                ":5:15: integrators: unknown integrator \"euler-maruyma\"; did you mean"
            ),
            ("0.25", "0.3", ":6:14: steps: 0.3 ms is not the root cell (4 ms) divided by a power of two"),
            (
                "tau_m: 20", "tau_m: -20",
                ":3:23: problem.parameters.tau_m: is -20 but must be positive and lie between 1e-9 and 1e9; give it in"
            ),
            (
                "sigma: 0.02", "sigma: -1",
                ":3:70: problem.parameters.sigma: is -1 but must not be negative, nor above 1e9; give"
            ),
            (
                "V_r: 0", "V_r: 1",
                ":3:51: problem.parameters.V_r: V_r is 1 and V_th 1, but the reset must lie below"
            ),
            (
                "duration: 20", "duration: 20.3",
                ":4:13: problem.duration: 20.3 ms is not a multiple of h = 0.5 ms; the"
            ),
            (
                "paths: 2048", "paths: 0",
                ":8:19: sampling.paths: is 0 but must lie between 1 and 4294967296; give"
            ),
            (
                "mu: 0.1", "mu: .nan",
                ":3:58: problem.parameters.mu: is .nan, which is no finite number; give it in"
            ),
            (
                "duration: 20", "duration: NaN",
                ":4:13: problem.duration: is NaN, which is no finite number; give"
            ),
            ("[strong-final", "[strong-final, [", ":7:27: not valid YAML: "),
        ]

        @Test(arguments: spoilt)
        func studyFile(_ original: String, _ other: String, _ message: String) async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.text.replacing(original, with: other))
            let outcome = try await Tool.run("run", file, "--out", scratch.path + "/out")
            #expect(outcome.code == 64)
            #expect(outcome.errors.hasPrefix(file + message), "\(outcome.errors)")
            #expect(outcome.errors.contains(";"), "there is a remedy")
            #expect(outcome.output.isEmpty)
            #expect(scratch.content == ["s.yaml"])
        }

        @Test("an empty file, a directory, a missing file, a 100 MB file")
        func noStudyAtAll() async throws {
            let scratch = try Scratch()
            let empty = try scratch.file("empty.yaml", "")
            let large = try scratch.file("large.yaml", "garbage")
            try FileHandle(forWritingTo: URL(fileURLWithPath: large)).truncate(atOffset: 100_000_000)
            let before = scratch.content
            for (file, message) in [
                (empty, ":1:1: the file holds no study; start from a copy"),
                (scratch.path, ": is a directory; name the study files in it"),
                (
                    scratch.path + "/none.yaml",
                    ": cannot be opened: No such file or directory; check the path"
                ),
                (large, ": has 100000000 bytes, and a study file has at most 1048576; check"),
            ] {
                let outcome = try await Tool.run("run", file, "--out", scratch.path + "/out")
                #expect(outcome.code == 64)
                #expect(outcome.errors.hasPrefix(file + message), "\(outcome.errors)")
                #expect(scratch.content == before)
            }
        }

        @Test("binary garbage has a place, too")
        func garbage() async throws {
            let scratch = try Scratch()
            let file = scratch.path + "/garbage.yaml"
            try Data([0x61, 0x0A, 0xC3, 0x28] + (0..<10_000).map { UInt8($0 % 251) }).write(
                to: URL(fileURLWithPath: file))
            let outcome = try await Tool.run("run", file, "--out", scratch.path + "/out")
            #expect(outcome.code == 64)
            #expect(
                outcome.errors.hasPrefix(file + ":2:1: the file is not UTF-8 text; "), "\(outcome.errors)")
        }

        @Test("an output directory below a file is refused before anything runs")
        func unwritableOutput() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.text)
            for out in [file, file + "/deeper", "/proc/none"] {
                let outcome = try await Tool.run("run", file, "--out", out)
                #expect(outcome.code == 64)
                #expect(outcome.errors.contains(": cannot be written: "), "\(outcome.errors)")
                #expect(outcome.errors.contains("; choose another directory with --out"))
                #expect(outcome.output.isEmpty)
                #expect(scratch.content == ["s.yaml"])
            }
        }

        @Test("one wrong file among several stops all of them")
        func wrongAmongRight() async throws {
            let scratch = try Scratch()
            let right = try scratch.file("right.yaml", SmallStudy.text)
            let wrong = try scratch.file("wrong.yaml", SmallStudy.text.replacing("0.25", with: "0.3"))
            let outcome = try await Tool.run("run", right, wrong, "--out", scratch.path + "/out")
            #expect(outcome.code == 64 && outcome.errors.hasPrefix(wrong + ":6:14: "))
            #expect(scratch.content == ["right.yaml", "wrong.yaml"])
        }

        @Test("two studies of one name would share a directory")
        func sameName() async throws {
            let scratch = try Scratch()
            let first = try scratch.file("a.yaml", SmallStudy.text)
            let second = try scratch.file("b.yaml", SmallStudy.text)
            let outcome = try await Tool.run("run", first, second, "--out", scratch.path + "/out")
            #expect(
                outcome.code == 64
                    && outcome.errors.hasPrefix("\(second): study: \(first) has the name \"small\""))
            #expect(scratch.content == ["a.yaml", "b.yaml"])
        }

        static let usages: [[String]] = [
            [], ["walk"], ["run"], ["list"], ["list", "everything"], ["run", "s.yaml", "--paths", "0"],
            ["run", "s.yaml", "--paths", "1e5"], ["run", "s.yaml", "--paths", "4294967297"],
            ["run", "s.yaml", "--seed", "-1"], ["run", "s.yaml", "--seed", "9223372036854775809"],
            ["run", "s.yaml", "--threads", "0"], ["run", "s.yaml", "--out", ""],
            ["run", "s.yaml", "--nonsense"],
            ["report", "none.json"], ["report", "none.json", "--format", "morse"],
        ]

        @Test("wrong arguments", arguments: usages)
        func usage(_ arguments: [String]) async throws {
            let outcome = try await Tool.run(arguments)
            #expect(outcome.code == 64)
            #expect(!outcome.errors.isEmpty && outcome.output.isEmpty)
        }
    }
}
