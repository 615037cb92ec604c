import ConvergenceStudies
import Foundation
import Subprocess
import Testing

extension CommandLineTests {
    @Suite("Stopping a check and going on")
    struct CheckStopTests {
        static let signals = ResumeCommandTests.signals

        @Test(
            "Ctrl-C and SIGTERM keep what is done, say how to go on, and judge nothing",
            arguments: signals.indices)
        func stopped(_ k: Int) async throws {
            let (signal, code) = Self.signals[k]
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", ResumeCommandTests.slow)
            func arguments(_ out: String) -> [String] {
                [
                    "check", file, "--baseline", scratch.path + "/base", "--threads", "1", "--out",
                    scratch.path + out,
                ]
            }
            let part = scratch.path + "/out/small/run.part"
            let outcome = try await Tool.run(arguments("/out"), signal: signal, once: part)
            #expect(outcome.code == code && outcome.output.isEmpty, "\(outcome.output)")
            let header = try PartFile.header(PartFile.read(path: part))
            let command = ([Tool.path] + arguments("/out") + ["--resume"]).joined(separator: " ")
            #expect(
                outcome.errors.hasSuffix(
                    "small: stopped\n\(header.sampledPaths) of 6000 paths are kept in \(part); go on with: \(command)\n"
                ),
                "\(outcome.errors)")
            #expect(!scratch.content.contains { $0.hasSuffix("baseline-candidate.json") })

            let refused = try await Tool.run(arguments("/out"))
            #expect(refused.code == 64 && refused.errors.contains("go on with it by adding --resume"))
            let resumed = try await Tool.run(arguments("/out") + ["--resume"])
            let whole = try await Tool.run(arguments("/whole"))
            #expect(resumed.code == 0, "\(resumed.errors)")
            #expect(resumed.output.replacing("/out/", with: "/whole/") == whole.output)
            let candidates = try ["out", "whole"].map {
                try Data(
                    contentsOf: URL(fileURLWithPath: "\(scratch.path)/\($0)/small/baseline-candidate.json"))
            }
            #expect(candidates[0] == candidates[1])
            try SmallStudy.expectSame(scratch.path + "/out/small", as: scratch.path + "/whole/small")
        }

        @Test(
            "a check that adds paths until it is decided says that nothing is kept",
            arguments: ["run", "check"])
        func undecided(_ command: String) async throws {
            let scratch = try Scratch()
            // No number of paths that this study may have decides this.
            let expectation =
                "{measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 1e-9}"
            let file = try scratch.file("s.yaml", ResumeCommandTests.slow + "expect: [\(expectation)]\n")
            // Signals are watched for before the lock is taken.
            let outcome = try await Tool.run(
                [command, file, "--until-decided", "--out", scratch.path], signal: "TERM",
                once: scratch.path + "/small/.run.part.lock")
            #expect(outcome.code == 143, "\(outcome.errors)")
            #expect(
                outcome.errors.hasSuffix("small: stopped; nothing is kept with --until-decided\n"),
                "\(outcome.errors)")
            #expect(scratch.content == ["s.yaml", "small"])
            #expect(try await Tool.run(command, file, "--until-decided", "--resume").code == 64)
        }
    }
}
