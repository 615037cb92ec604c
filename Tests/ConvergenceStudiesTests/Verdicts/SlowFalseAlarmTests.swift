import ConvergenceStudies
import Testing

/// The sampled claims of `convergence/paper`, again and again with other paths.
@Suite("Slow: false alarms", .enabled(if: isSlowWanted, "set SPIKEVERIFY_SLOW=1"))
struct SlowFalseAlarmTests {
    static let runs = 200
    /// Few enough for all runs to take some twenty minutes on one core; more would leave fewer checks open.
    static let paths = 1024

    /// All claims are true, so every `fail` is a false alarm.  At the budget of 1e-6 for a run, 200 runs have one with a
    /// probability of at most 2e-4.  Were the budget 1e-2, at most two runs of 200 would be expected to have one, and more
    /// than twelve with a probability below 1e-6.
    @Test("200 seeds of the claims of convergence/paper raise none")
    func claims() async throws {
        let files = PlantedExpectationTests.files("paper")
        let studies = try files.map {
            try StudyFile.read(path: PlantedExpectationTests.root.path + "/" + $0)
        }
        let judged = Study.sharingFalseAlarm(studies.filter(\.isSampled), budget: nil)
        var tally: [Verdict: Int] = [:]
        var least: [Double] = []
        for run in 1...Self.runs {
            var checks: [Check] = []
            for var study in judged {
                (study.sampling.paths, study.sampling.seed) = (Self.paths, 10_000 + UInt64(run))
                checks += try await StudyRunner(study: study, threads: 1).run { _, _ in }.checks
            }
            for check in checks { tally[check.verdict, default: 0] += 1 }
            least.append(checks.compactMap(\.adjustedProbability).min() ?? 1)
            let alarms = checks.filter { $0.verdict == .fail }
            #expect(alarms.isEmpty, "run \(run): \(PlantedExpectationTests.text(alarms))")
        }
        print("verdicts of \(Self.runs) runs: \(tally); least corrected probability \(least.min()!)")
        #expect(least.count { $0 <= 1e-2 } <= 12)
    }
}
