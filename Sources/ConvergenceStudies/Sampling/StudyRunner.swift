import Foundation
import SpikingNumerics
import Synchronization

/// Runs a study: blocks of paths on all threads, folded by their numbers, then turned into a result.
public struct StudyRunner: Sendable {
    let study: Study
    let threads: Int
    /// Sampling and judging share it, since a reference that is a stationary law is solved for in it.
    let plan: Result<StudyPlan, any Error>

    /// Solves for the reference where it is a stationary law; what goes wrong with that is thrown when the study runs.
    public init(study: Study, threads: Int) {
        self.init(study: study, threads: threads, plan: Result { try StudyPlan(study) })
    }

    private init(study: Study, threads: Int, plan: Result<StudyPlan, any Error>) {
        (self.study, self.plan) = (study, plan)
        self.threads = max(1, threads)
    }

    /// The same study with another number of paths.
    private func with(paths: Int) -> StudyRunner {
        var study = study
        study.sampling.paths = paths
        return StudyRunner(study: study, threads: threads, plan: plan.map { $0.with(paths: paths) })
    }

    /// Runs the study's paths and judges once.
    ///
    /// - Parameter progress: Called after every group of eight paths, and several times a second, with the paths done and the paths in
    ///   all; from any thread.
    /// - Throws: `StudyPlanError`, `GSLError`, `FokkerPlanckError`, `SimulationError`, `SolverError`, `CancellationError`.
    public func run(progress: @escaping @Sendable (Int, Int) -> Void) async throws -> StudyResult {
        let part = try await sample(StudyPart(study), progress: progress)
        return try result(of: part)
    }

    /// Runs the study's paths, and then more of them until every expectation is decided or there are as many as allowed.
    ///
    /// - Parameters:
    ///   - maximumPaths: At least the study's own number.
    ///   - progress: Called after every group of eight paths, and several times a second, with the paths done and the paths until the
    ///     next look; from any thread.
    /// - Throws: `StudyPlanError`, `GSLError`, `FokkerPlanckError`, `SimulationError`, `CancellationError`.
    public func runUntilDecided(
        maximumPaths: Int, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> StudyResult {
        // Threads that have no task of their own cannot ask whether it is cancelled.
        let isCancelled = Atomic(false)
        return try await withTaskCancellationHandler {
            try await runUntilDecided(maximumPaths, { isCancelled.load(ordering: .relaxed) }, progress)
        } onCancel: {
            isCancelled.store(true, ordering: .relaxed)
        }
    }

    private func runUntilDecided(
        _ maximumPaths: Int, _ isCancelled: @escaping @Sendable () -> Bool,
        _ progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> StudyResult {
        let looks = Looks.doubling(from: study.sampling.paths, to: maximumPaths, block: PathSampler.blockSize)
        var judge = judge(maximumPaths: looks.last!)
        var part = StudyPart(study)
        let unsampled = try unsampled(isCancelled)
        for paths in looks {
            let runner = with(paths: paths)
            part = try await runner.sample(part.growing(into: runner.study), progress: progress)
            let view = try runner.look(at: part, unsampled, &judge)
            if judge.isDecided || paths == looks.last {
                return try runner.result(of: part, view, judge, isCancelled)
            }
        }
        preconditionFailure("there is always a last look")
    }

    /// Samples the paths that a part still lacks.
    ///
    /// - Parameters:
    ///   - isStopped: Asked many times a second; once it says so, what is done of the blocks under way is kept, but for groups of
    ///     eight paths, or batches of a solver, that are not finished.
    ///   - progress: Called after every group of paths, and several times a second, with the paths done and the paths in all; from any
    ///     thread.
    ///   - save: Called with the part as it is, one call at a time, as often as it takes a hundredth of the time; in the end,
    ///     also where that is an error, with all there is.  Sampling goes on meanwhile.
    /// - Returns: The part, complete unless stopped.
    /// - Throws: `StudyPlanError`, `GSLError`, `FokkerPlanckError`, `SimulationError`, `CancellationError`, and what `save` throws.
    package func sample(
        _ part: StudyPart, isStopped: @escaping @Sendable () -> Bool = { false },
        progress: @escaping @Sendable (Int, Int) -> Void,
        save: @escaping @Sendable (StudyPart) throws -> Void = { _ in }
    ) async throws -> StudyPart {
        let plan = try plan.get()
        let threads = min(threads, part.missingBlocks.count)
        try plan.checkMemory(threads: threads)
        let collector = BlockCollector(part)
        let worker = BlockWorker(
            collector: collector, plan: plan, isStopped: isStopped, progress: { progress($0, part.paths) },
            save: save)
        do {
            try await worker.work(threads: threads)
        } catch {
            try? collector.saveAll(save)
            throw error
        }
        try collector.saveAll(save)
        return collector.part
    }

    /// What a complete part amounts to, judged once.  Multilevel estimates, which no part has, are made now.
    ///
    /// - Parameter isStopped: Asked many times a second; once it says so, `SimulationError.interrupted` is thrown.
    /// - Throws: `StudyPlanError`, `GSLError`, `FokkerPlanckError`, `SimulationError`, `SolverError`, `MultilevelError`.
    package func result(
        of part: StudyPart, isStopped: @escaping @Sendable () -> Bool = { false }
    ) throws -> StudyResult {
        var judge = judge(maximumPaths: study.sampling.paths)
        let view = try look(at: part, unsampled(isStopped), &judge)
        return try result(of: part, view, judge, isStopped)
    }

    private func judge(maximumPaths: Int) -> Judge {
        Judge(
            checks: study.expectations.count, falseAlarm: study.sampling.falseAlarm,
            studies: study.studiesJudged, confidence: study.sampling.confidence, maximumPaths: maximumPaths)
    }

    /// Estimates that do not come from the study's paths, however many these are.
    private typealias Unsampled = (
        multilevel: MultilevelOutcome?, stationary: StationaryEstimates?, meanField: [Scalar]
    )

    private func unsampled(_ isStopped: @escaping @Sendable () -> Bool) throws -> Unsampled {
        (
            try MultilevelOutcome(study, threads: threads, isInterrupted: isStopped),
            try StationaryEstimates(study),
            try MeanFieldEstimates(study)?.scalars() ?? []
        )
    }

    /// A complete part's estimates, and what makes a result of them.
    private typealias View = (builder: ResultBuilder, estimates: StudyEstimates)

    /// Lets the judge look at a complete part.
    private func look(at part: StudyPart, _ unsampled: Unsampled, _ judge: inout Judge) throws -> View {
        let plan = try plan.get()
        let sums = part.fold.total ?? BlockSums(plan: plan)
        var builder = ResultBuilder(
            plan: plan, sums: sums, secondsOfWork: part.secondsOfWork, stationary: unsampled.stationary)
        builder.multilevel = unsampled.multilevel
        builder.meanField = unsampled.meanField
        let estimates = try builder.estimates()
        judge.look(
            paths: study.sampling.paths,
            study.expectations.map {
                let subject = estimates.subject(of: $0)
                return (subject.evidence, subject.region)
            })
        return (builder, estimates)
    }

    private func result(
        of part: StudyPart, _ view: View, _ judge: Judge, _ isStopped: @escaping () -> Bool
    ) throws -> StudyResult {
        var builder = view.builder
        let samplePath =
            try builder.plan.stationaryLaw != nil
            ? nil : SamplePathTracer(plan: builder.plan).trace(builder.sums.shown.closestCall)
        if StudyOutline(study).asks(for: TwinSizes.family) {
            builder.twinSizes = try TwinSizes(plan: builder.plan).curves(isInterrupted: isStopped)
        }
        return builder.result(
            view.estimates, judge: judge, samplePath: samplePath, seconds: part.seconds)
    }
}
