import ArgumentParser
import ConvergenceStudies

/// How sure verdicts are to be, and how many paths they may cost.
struct VerdictOptions: ParsableArguments {
    @Flag(help: "Add paths until every expectation is decided; keeps no run.part.")
    var untilDecided = false

    @Option(help: "With --until-decided, the most paths to run. (default: 64 times the study's own)")
    var maxPaths: Int?

    @Option(help: "Probability of any false `fail` in this run. (default: the least of the studies' own)")
    var falseAlarm: Double?

    func validate() throws {
        let limits = Study.Sampling.self
        if maxPaths != nil, !untilDecided { throw ValidationError("--max-paths needs --until-decided.") }
        if let maxPaths, !limits.admissiblePaths.contains(Int128(maxPaths)) {
            throw ValidationError(
                "--max-paths must lie between 1 and \(limits.admissiblePaths.upperBound), not \(maxPaths).")
        }
        if let falseAlarm, !(falseAlarm > 0 && falseAlarm < 1) {
            throw ValidationError("--false-alarm must lie between 0 and 1, both excluded, not \(falseAlarm).")
        }
    }

    /// The studies with their parts of the false-alarm budget.
    ///
    /// - Throws: `ExitCode.usage`, after saying why, where a study has more paths than are allowed.
    func applied(to studies: [Study]) throws -> [Study] {
        if let maxPaths, let study = studies.first(where: { $0.sampling.paths > maxPaths }) {
            StandardError.print(
                "\(study.name): --max-paths \(maxPaths) is less than the study's \(study.sampling.paths) paths"
            )
            throw ExitCode.usage
        }
        return Study.sharingFalseAlarm(studies, budget: falseAlarm)
    }

    /// Runs a study, adding paths until it is decided.
    ///
    /// - Throws: `ExitCode.stopped`, after saying that nothing is kept; what the runner throws.
    func resultUntilDecided(
        of study: Study, by runner: StudyRunner, _ progress: ProgressBar
    ) async throws -> StudyResult {
        defer { progress.clear() }
        let maximum = maxPaths ?? study.defaultMaximumPaths
        let task = Task {
            try await runner.runUntilDecided(maximumPaths: maximum) { done, total in
                progress.update(done: done, total: total)
            }
        }
        StopSignals.onFirst { task.cancel() }
        do {
            return try await task.value
        } catch {
            guard let signal = StopSignals.first else { throw error }
            progress.clear()
            StandardError.print("\(study.name): stopped; nothing is kept with --until-decided")
            throw ExitCode.stopped(bySignal: signal)
        }
    }
}
