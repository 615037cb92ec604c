import ArgumentParser
import ConvergenceReports
import ConvergenceStudies
import SpikingNumerics

/// A study about to be run: where it is kept, who runs it, and what is known of its cost.
struct PlannedRun {
    let store: PartStore
    let runner: StudyRunner
    /// What there was on disk, and the batch that was measured.
    var part: StudyPart
    /// Nil where nothing was measured.
    var cost: StudyCost?

    init(_ store: PartStore, by runner: StudyRunner) {
        (self.store, self.runner, part) = (store, runner, store.part)
    }

    /// The same, once it is known what it will cost, by sampling a first batch of paths.  Where that fails, so will the run, and
    /// say why.
    func measured() async -> PlannedRun {
        var run = self
        if let measured = try? await runner.measured(part, isStopped: { StopSignals.first != nil }) {
            (run.part, run.cost) = measured
        }
        return run
    }

    /// All of them, where they take no longer than a time together.
    ///
    /// - Parameter limit: Minutes.
    /// - Throws: `ExitCode.usage`, after saying how many paths fit.
    static func all(
        _ stores: [PartStore], sampling: SamplingOptions, within limit: Double
    ) async throws(ExitCode) -> [PlannedRun] {
        var runs: [PlannedRun] = []
        for store in stores {
            runs.append(await PlannedRun(store, by: sampling.runner(store.study)).measured())
        }
        let costs = runs.compactMap(\.cost)
        if let refusal = CostText.refusal(costs, limit: limit) {
            StandardError.print(refusal)
            throw .usage
        }
        return runs
    }

    /// Samples what the part still lacks, and saves it now and then and in the end.
    ///
    /// - Returns: The whole part; nil where a signal has stopped it, after saying how to go on.
    /// - Throws: What the runner throws, and `OutputError`.
    func complete(_ console: ConsoleOptions) async throws -> StudyPart? {
        if console.isWatched, let cost { StandardError.print(CostText.forecast(cost)) }
        let progress = console.progress(store.study.name, before: part.sampledPaths)
        defer { progress.clear() }
        let part = try await runner.sample(
            part, isStopped: { StopSignals.first != nil },
            progress: { done, total in progress.update(done: done, total: total) },
            save: { try store.save($0) })
        if part.isComplete { return part }
        progress.clear()
        store.explainStop("stopped")
        return nil
    }

    /// What the whole part amounts to; nil where a signal has stopped it, after saying how to go on.
    func result(of part: StudyPart) throws -> StudyResult? {
        do {
            return try runner.result(of: part, isStopped: { StopSignals.first != nil })
        } catch SimulationError.interrupted {
            store.explainStop("stopped")
            return nil
        }
    }
}
