import ConvergenceStudies
import Foundation
import Testing

extension CommandLineTests {
    @Suite("The baseline of the quickstart study")
    struct CommittedBaselineTests {
        static func check(_ arguments: String...) async throws -> Tool.Outcome {
            let scratch = try Scratch()
            return try await Tool.run(
                .path(.init(Tool.path)),
                ["check", "convergence/quickstart.yaml", "--require-baseline", "--out", scratch.path]
                    + arguments,
                in: Documentation.root)
        }

        @Test("has every series of the study, and nothing is worse")
        func complete() async throws {
            // So few paths leave expectations open.
            let outcome = try await Self.check("--paths", "2048")
            #expect([0, 2].contains(outcome.code), "\(outcome.errors)")
            #expect(outcome.output.contains("rows compared"), "\(outcome.output)")
            #expect(
                !outcome.output.contains("not in the baseline")
                    && !outcome.output.contains("no longer measured"))
        }

        @Test(
            "is that of a clean checkout: the whole study passes",
            .enabled(if: ProcessInfo.processInfo.environment["SPIKEVERIFY_SLOW"] == "1"))
        func passes() async throws {
            let outcome = try await Self.check()
            #expect(outcome.code == 0, "\(outcome.output)")
        }
    }

    @Suite("A solver that someone breaks")
    struct BrokenSolverTests {
        @Test("fails against the baseline of what it was, in words that name the solver and the error")
        func broken() async throws {
            let place = try CheckCommandTests.Workplace(
                SolverCommandTests.study("[./euler_maruyama, \"{request}\", \"{reply}\"]"))
            _ = try await Templates.compileC(in: place.scratch)
            #expect(try await place.check().code == 0)
            #expect(try await place.accept("*").code == 0)
            #expect(try await place.check("--require-baseline", "--seed", "99").code == 0)

            // Someone thinks that ΔW were a standard normal variable.
            _ = try await Templates.compileC(
                in: place.scratch, replacing: "sigma[i] * dW", with: "sigma[i] * sqrt(h) * dW")
            let outcome = try await place.check("--require-baseline", "--seed", "99")
            #expect(outcome.code == 1, "\(outcome.output)")
            #expect(
                outcome.output.hasPrefix("small: fail\n  ✗ mine fails on the ladder's rung \"noise\": "))
            #expect(outcome.output.contains("probably: dW is multiplied by sqrt(h)"))
            #expect(outcome.output.contains("\n  ✗ strong-final of mine is worse at 2 of 2 steps; at h = "))
            #expect(!outcome.output.contains("euler-maruyama is worse"))
            #expect(outcome.output.contains("accept --case 'small/*'"))
        }
    }
}
