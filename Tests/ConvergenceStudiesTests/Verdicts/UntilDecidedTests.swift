import ConvergenceStudies
import SpikingNumerics
import Testing

@Suite("Verdicts of studies")
struct UntilDecidedTests {
    static func study(_ expectations: [Study.Expectation], paths: Int = 2048) -> Study {
        var study = Study(
            name: "s", title: "s", problem: Problem(duration: 40), integrators: ["euler-maruyama"],
            steps: [0.5, 0.25, 0.125],
            measures: [
                .init(name: "strong-final"), .init(name: "strong-mean"), .init(name: "lyapunov"),
                .init(name: "count-mismatch"), .init(name: "weak", observable: "cos-V"),
            ],
            sampling: .init(paths: paths, seed: 5))
        study.expectations = expectations
        return study
    }

    static func order(_ order: Double, _ tolerance: Double, _ measure: String = "strong-final")
        -> Study.Expectation
    {
        Study.Expectation(
            measure: .init(name: measure), integrator: "euler-maruyama", order: order, tolerance: tolerance)
    }

    @Test("paths are added until the verdict falls, whatever the number of threads")
    func continued() async throws {
        let study = Self.study([Self.order(0.5, 0.25)])
        var results: [StudyResult] = []
        for threads in [1, 3] {
            results.append(
                try await StudyRunner(study: study, threads: threads).runUntilDecided(maximumPaths: 40960) {
                    _, _ in
                })
        }
        let paths = results[0].header.paths
        #expect(paths > 2048 && paths < 40960, "\(paths)")
        #expect(results[0].verdict == .pass && results[0].checks[0].decidedAt == paths)
        #expect(results[0].errorBudget?.looks.map(\.paths).last == paths)
        #expect(results[0].rows == results[1].rows && results[0].checks == results[1].checks)
        #expect(results[0].scalars == results[1].scalars && results[0].errorBudget == results[1].errorBudget)
        // And what was found is what as many paths find at once.
        var whole = study
        whole.sampling.paths = paths
        let once = try await StudyRunner(study: whole, threads: 2).run { _, _ in }
        #expect(once.rows == results[0].rows && once.orders.map(\.order) == results[0].orders.map(\.order))
        #expect(once.header.blocks == results[0].header.blocks)
    }

    @Test("what no number of paths decides stops at the most paths")
    func exhausted() async throws {
        // Whether the order is exactly as measured, to a thousandth, is beyond 4096 paths.
        let study = Self.study([Self.order(0.5, 0.001)])
        let result = try await StudyRunner(study: study, threads: 2).runUntilDecided(maximumPaths: 4096) {
            _, _ in
        }
        #expect(result.verdict == .inconclusive && result.header.paths == 4096)
        #expect(result.errorBudget?.looks == [.init(paths: 2048, spent: 0.5), .init(paths: 4096, spent: 1)])
    }

    /// The values are the stationary ones; by then a burn-in of 200 ms has forgotten the start.
    @Test("wrong expectations fail, right ones pass: orders, errors, scalars")
    func planted() async throws {
        func lyapunov(_ value: Double, _ tolerance: Double) -> Study.Expectation {
            Study.Expectation(
                .scalar(name: "lyapunov-V", method: "saltation", h: nil), integrator: "exact-event",
                expected: value, tolerance: tolerance)
        }
        func mismatch(_ kind: Study.Expectation.Kind, _ value: Double) -> Study.Expectation {
            Study.Expectation(
                .error(.init(name: "count-mismatch"), h: 0.125), integrator: "euler-maruyama", kind: kind,
                expected: value)
        }
        func strong(_ value: Double) -> Study.Expectation {
            Study.Expectation(
                .error(.init(name: "strong-final"), h: nil), integrator: "euler-maruyama", kind: .bound,
                expected: value)
        }
        var study = Self.study(
            [
                lyapunov(-0.03655, 0.0003), lyapunov(-0.03655 * 1.02, 0.0003),
                Self.order(1, 0.2, "strong-mean"),
                mismatch(.bound, 0.02), mismatch(.atLeast, 0.02), mismatch(.bound, 0.002), strong(0.1),
                strong(0.02),
            ], paths: 32768)
        study.problem.initial = .stationary(burnIn: 200)
        study.problem.duration = 100
        let result = try await StudyRunner(study: study, threads: 2).run { _, _ in }
        #expect(
            result.checks.map(\.verdict) == [.pass, .fail, .fail, .pass, .fail, .fail, .pass, .fail],
            "\(result.checks.map { ($0.name, $0.value ?? 0, $0.standardError ?? 0) })")
        #expect(result.checks[0].method == "saltation" && result.checks[0].h == nil)
        #expect(result.checks[6].h == 0.125)
        #expect(result.orders[1].verdict == .fail && result.verdict == .fail)
        #expect(result.checks.allSatisfy { $0.verdict != .fail || $0.adjustedProbability! <= 1e-6 })
    }
}
