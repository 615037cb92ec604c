import Foundation
import SpikingNumerics
import Synchronization

/// Runs a study: blocks of paths on all threads, folded by their numbers, then turned into a result.
public struct StudyRunner: Sendable {
    private let study: Study
    private let threads: Int
    /// Sampling and judging share it, since a reference that is a stationary law is solved for in it.
    private let plan: Result<StudyPlan, any Error>

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
    /// - Parameter progress: Called after every block with the paths done and the paths in all; from any thread.
    /// - Throws: `StudyPlanError`, `GSLError`, `FokkerPlanckError`, `SimulationError`, `SolverError`, `CancellationError`.
    public func run(progress: @escaping @Sendable (Int, Int) -> Void) async throws -> StudyResult {
        let part = try await sample(StudyPart(study), progress: progress)
        return try result(of: part)
    }

    /// Runs the study's paths, and then more of them until every expectation is decided or there are as many as allowed.
    ///
    /// - Parameters:
    ///   - maximumPaths: At least the study's own number.
    ///   - progress: Called after every block with the paths done and the paths until the next look; from any thread.
    /// - Throws: `StudyPlanError`, `GSLError`, `FokkerPlanckError`, `SimulationError`, `CancellationError`.
    public func runUntilDecided(
        maximumPaths: Int, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> StudyResult {
        let looks = Looks.doubling(from: study.sampling.paths, to: maximumPaths, block: PathSampler.blockSize)
        var judge = judge(maximumPaths: looks.last!)
        var part = StudyPart(study)
        let unsampled = try unsampled()
        for paths in looks {
            let runner = with(paths: paths)
            part = try await runner.sample(part.growing(into: runner.study), progress: progress)
            let view = try runner.look(at: part, unsampled, &judge)
            if judge.isDecided || paths == looks.last {
                return try runner.result(of: part, view, judge)
            }
        }
        preconditionFailure("there is always a last look")
    }

    /// Samples the blocks that a part still lacks.
    ///
    /// - Parameters:
    ///   - isStopped: Asked before every block; once it says so, the blocks under way are finished and no other is begun.
    ///   - progress: Called after every block with the paths done and the paths in all; from any thread.
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
        try plan.checkMemory(threads: min(threads, part.missingBlocks.count))
        let collector = BlockCollector(part)
        do {
            try await sample(
                into: collector, plan: plan, isStopped: isStopped, progress: progress, save: save)
        } catch {
            try? collector.saveAll(save)
            throw error
        }
        try collector.saveAll(save)
        return collector.part
    }

    private func sample(
        into collector: BlockCollector, plan: StudyPlan, isStopped: @escaping @Sendable () -> Bool,
        progress: @escaping @Sendable (Int, Int) -> Void, save: @escaping @Sendable (StudyPart) throws -> Void
    ) async throws {
        let part = collector.part
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<min(threads, part.missingBlocks.count) {
                group.addTask {
                    let sampler = PathSampler(plan: plan)
                    while !isStopped(), let block = collector.nextBlock() {
                        try Task.checkCancellation()
                        let before = sampler.secondsOfWork
                        let sums = try await sampler.sums(block: block)
                        let work = zip(sampler.secondsOfWork, before).map { $0 - $1 }
                        progress(collector.add(sums, block: block, work: work), part.paths)
                        try collector.saveInTime(save)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// What a complete part amounts to, judged once.  Multilevel estimates, which no part has, are made now.
    ///
    /// - Throws: `StudyPlanError`, `GSLError`, `FokkerPlanckError`, `SimulationError`, `SolverError`, `MultilevelError`.
    package func result(of part: StudyPart) throws -> StudyResult {
        var judge = judge(maximumPaths: study.sampling.paths)
        let view = try look(at: part, unsampled(), &judge)
        return try result(of: part, view, judge)
    }

    private func judge(maximumPaths: Int) -> Judge {
        Judge(
            checks: study.expectations.count, falseAlarm: study.sampling.falseAlarm,
            studies: study.studiesJudged, confidence: study.sampling.confidence, maximumPaths: maximumPaths)
    }

    /// Estimates that do not come from the study's paths, however many these are.
    private typealias Unsampled = (multilevel: MultilevelOutcome?, stationary: StationaryEstimates?)

    private func unsampled() throws -> Unsampled {
        (try MultilevelOutcome(study, threads: threads), try StationaryEstimates(study))
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
        let estimates = try builder.estimates()
        judge.look(
            paths: study.sampling.paths,
            study.expectations.map {
                let subject = estimates.subject(of: $0)
                return (subject.evidence, subject.region)
            })
        return (builder, estimates)
    }

    private func result(of part: StudyPart, _ view: View, _ judge: Judge) throws -> StudyResult {
        var builder = view.builder
        let samplePath =
            try builder.plan.stationaryLaw != nil
            ? nil : SamplePathTracer(plan: builder.plan).trace(builder.sums.closestCall)
        if builder.plan.wantsTwinSizes { builder.twinSizes = try TwinSizes(plan: builder.plan).curves() }
        return builder.result(
            view.estimates, judge: judge, samplePath: samplePath, seconds: part.seconds)
    }
}

/// Hands out blocks to threads and collects what comes back.
private final class BlockCollector: Sendable {
    private struct State {
        var part: StudyPart
        var waiting: ArraySlice<Int>
        var isSaved = true
        var isBeingSaved = false
        var nextSave = ContinuousClock.now

        /// The part, if it is to be saved now; not before its time, if there is one.
        mutating func unsaved(at time: ContinuousClock.Instant? = nil) -> StudyPart? {
            guard !isSaved, !isBeingSaved, time.map({ $0 >= nextSave }) ?? true else { return nil }
            (isSaved, isBeingSaved) = (true, true)
            return part
        }
    }

    private let state: Mutex<State>
    private let began = ContinuousClock.now
    private let secondsBefore: Double

    init(_ part: StudyPart) {
        secondsBefore = part.seconds
        state = Mutex(State(part: part, waiting: part.missingBlocks[...]))
    }

    var part: StudyPart { state.withLock { $0.part } }

    /// Nil when there is none left.
    func nextBlock() -> Int? { state.withLock { $0.waiting.popFirst() } }

    /// - Returns: The number of paths sampled so far.
    func add(_ sums: BlockSums, block: Int, work: [Double]) -> Int {
        state.withLock { state in
            state.part.add(sums, block: block)
            for k in work.indices { state.part.secondsOfWork[k] += work[k] }
            state.part.seconds = secondsBefore + began.duration(to: .now) / .seconds(1)
            state.isSaved = false
            return state.part.sampledPaths
        }
    }

    /// Saves, unless another thread is at it or it has been done a short while ago.
    func saveInTime(_ save: (StudyPart) throws -> Void) throws {
        if let part = state.withLock({ $0.unsaved(at: .now) }) { try saveNow(part, save) }
    }

    /// Saves what has not been saved yet, once all threads have finished.
    func saveAll(_ save: (StudyPart) throws -> Void) throws {
        if let part = state.withLock({ $0.unsaved() }) { try saveNow(part, save) }
    }

    private func saveNow(_ part: StudyPart, _ save: (StudyPart) throws -> Void) throws {
        let began = ContinuousClock.now
        defer {
            let ended = ContinuousClock.now
            state.withLock {
                $0.isBeingSaved = false
                $0.nextSave = ended + began.duration(to: ended) * 100
            }
        }
        try save(part)
    }
}
