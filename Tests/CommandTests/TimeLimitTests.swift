import Foundation
import Testing

extension CommandLineTests {
    @Suite("What a run costs")
    struct TimeLimitTests {
        /// A billion paths take more than a millisecond on any machine, and less than a millennium.
        @Test("what takes longer than the limit is refused before it runs", arguments: ["run", "check"])
        func refused(_ command: String) async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.text)
            let outcome = try await Tool.run(
                command, file, "--out", scratch.path, "--paths", "1000000000", "--time-limit", "0.00002")
            #expect(outcome.code == 64 && outcome.output.isEmpty)
            let fits = try #require(
                outcome.errors.wholeMatch(
                    of: #/small: would take about .*, more than --time-limit 2e-05 allows; (.*)\n/#),
                "\(outcome.errors)")
            #expect(
                fits.1.hasPrefix("at most ") || fits.1.hasPrefix("not even 8 paths fit: "), "\(fits.1)")
            #expect(scratch.content == ["s.yaml", "small"], "nothing is left behind")
        }

        @Test("what takes less runs, to the same bytes as without a limit")
        func allowed() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.longer)
            let limited = try await Tool.run(
                "run", file, "--out", scratch.path + "/a", "--time-limit", "1e9")
            let free = try await Tool.run("run", file, "--out", scratch.path + "/b")
            #expect(limited.code == 0 && limited.errors.isEmpty && free.code == 0)
            try SmallStudy.expectSame(scratch.path + "/a/small", as: scratch.path + "/b/small")
        }

        @Test("is said before it runs where somebody looks on: per integrator, in time and memory")
        func forecast() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.text)
            let verbose = try await Tool.run("run", file, "--out", scratch.path, "--verbose")
            let lines = verbose.errors.split(separator: "\n")
            try #require(lines.count == 3, "\(verbose.errors)")
            #expect(
                lines[0].wholeMatch(
                    of: #/small: about .* on . threads?, .*B of memory; .*/#) != nil, "\(lines[0])")
            #expect(lines[1].wholeMatch(of: #/  euler-maruyama .* (ms|s)  .*B/#) != nil, "\(lines[1])")
            #expect(lines[2].hasPrefix("  reference, noise and measures "))
            for option in [["--quiet"], []] {
                let outcome = try await Tool.run(["run", file, "--out", scratch.path + "/q"] + option)
                #expect(outcome.errors.isEmpty)
            }
        }

        @Test(
            "options that make no sense together are refused",
            arguments: [
                ["--quiet", "--verbose"], ["--time-limit", "0"], ["--time-limit", "-1"],
                ["--time-limit", "inf"], ["--time-limit", "1", "--until-decided"],
            ])
        func nonsense(_ options: [String]) async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.text)
            for command in ["run", "check"] {
                #expect(try await Tool.run([command, file, "--out", scratch.path] + options).code == 64)
            }
        }
    }
}
