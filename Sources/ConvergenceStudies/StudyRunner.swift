import Foundation
import SpikingNumerics
import Synchronization

/// Runs a study: blocks of paths on all threads, folded in order, then turned into a result.
public struct StudyRunner: Sendable {
    private let study: Study
    private let threads: Int

    public init(study: Study, threads: Int) {
        self.study = study
        self.threads = max(1, threads)
    }

    /// Runs the study's paths and judges once.
    ///
    /// - Parameter progress: Called after every block with the paths done and the paths in all; from any thread.
    /// - Throws: `StudyPlanError`, `GSLError`, `CancellationError`.
    public func run(progress: @escaping @Sendable (Int, Int) -> Void) async throws -> StudyResult {
        try await run(looks: [study.sampling.paths], progress: progress)
    }

    /// Runs the study's paths, and then more of them until every expectation is decided or there are as many as allowed.
    ///
    /// - Parameters:
    ///   - maximumPaths: At least the study's own number.
    ///   - progress: Called after every block with the paths done and the paths until the next look; from any thread.
    /// - Throws: `StudyPlanError`, `GSLError`, `CancellationError`.
    public func runUntilDecided(
        maximumPaths: Int, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> StudyResult {
        let looks = Looks.doubling(from: study.sampling.paths, to: maximumPaths, block: PathSampler.blockSize)
        return try await run(looks: looks, progress: progress)
    }

    /// - Parameter looks: Numbers of paths in ascending order, all but the last multiples of the block size.
    private func run(
        looks: [Int], progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> StudyResult {
        let began = ContinuousClock.now
        var judge = Judge(
            checks: study.expectations.count, falseAlarm: study.sampling.falseAlarm,
            studies: study.studiesJudged, confidence: study.sampling.confidence, maximumPaths: looks.last!)
        var study = study
        study.sampling.paths = looks[0]
        var plan = try StudyPlan(study)
        var sampled = Sampled(BlockSums(plan: plan), work: .init(repeating: 0, count: plan.tested.count))
        for paths in looks {
            study.sampling.paths = paths
            plan = try StudyPlan(study)
            sampled = try await sample(plan, after: sampled, progress: progress)
            let builder = ResultBuilder(plan: plan, sums: sampled.sums, secondsOfWork: sampled.work)
            let estimates = try builder.estimates()
            judge.look(
                paths: paths,
                study.expectations.map {
                    let subject = estimates.subject(of: $0)
                    return (subject.evidence, subject.region)
                })
            guard judge.isDecided || paths == looks.last else { continue }
            let samplePath =
                try plan.stationaryLaw != nil
                ? nil : SamplePathTracer(plan: plan).trace(sampled.sums.closestCall)
            let elapsed = began.duration(to: .now)
            let seconds =
                Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
            return builder.result(estimates, judge: judge, samplePath: samplePath, seconds: seconds)
        }
        preconditionFailure("there is always a last look")
    }

    /// The first blocks of a study, folded.
    private struct Sampled {
        var sums: BlockSums
        var work: [Double]
        var blocks = 0

        init(_ sums: BlockSums, work: [Double]) {
            self.sums = sums
            self.work = work
        }
    }

    /// Blocks are handed out one by one and folded as soon as all before them are.
    ///
    /// - Parameter sampled: What is there already, in whole blocks.
    private func sample(
        _ plan: StudyPlan, after sampled: Sampled, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Sampled {
        let paths = plan.study.sampling.paths
        let blocks = (paths + PathSampler.blockSize - 1) / PathSampler.blockSize
        let folder = BlockFolder(folded: sampled.sums, work: sampled.work, blocks: sampled.blocks..<blocks)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<min(threads, blocks - sampled.blocks) {
                group.addTask {
                    let sampler = PathSampler(plan: plan)
                    while let block = folder.nextBlock() {
                        try Task.checkCancellation()
                        let done = folder.add(try sampler.sums(block: block), block: block)
                        progress(min(done * PathSampler.blockSize, paths), paths)
                    }
                    folder.add(work: sampler.secondsOfWork)
                }
            }
            try await group.waitForAll()
        }
        var all = Sampled(folder.folded, work: folder.work)
        all.blocks = blocks
        return all
    }
}

/// Hands out blocks to threads and folds what comes back in ascending order.
private final class BlockFolder: Sendable {
    private struct State {
        var folded: BlockSums
        var handedOut: Int
        var received: Int
        var nextToFold: Int
        var waiting: [Int: BlockSums] = [:]
        var work: [Double]
    }

    private let end: Int
    private let state: Mutex<State>

    /// - Parameters:
    ///   - folded: All blocks before `blocks`.
    ///   - work: The seconds they took.
    init(folded: BlockSums, work: [Double], blocks: Range<Int>) {
        end = blocks.upperBound
        state = Mutex(
            State(
                folded: folded, handedOut: blocks.lowerBound, received: blocks.lowerBound,
                nextToFold: blocks.lowerBound, work: work))
    }

    var folded: BlockSums { state.withLock { $0.folded } }

    /// Seconds that each tested run has worked, on all threads together.
    var work: [Double] { state.withLock { $0.work } }

    func add(work: [Double]) {
        state.withLock { state in
            for k in work.indices { state.work[k] += work[k] }
        }
    }

    /// Nil when there is none left.
    func nextBlock() -> Int? {
        state.withLock { state in
            guard state.handedOut < end else { return nil }
            state.handedOut += 1
            return state.handedOut - 1
        }
    }

    /// - Returns: The number of blocks received so far.
    func add(_ sums: BlockSums, block: Int) -> Int {
        state.withLock { state in
            state.waiting[block] = sums
            state.received += 1
            while let next = state.waiting.removeValue(forKey: state.nextToFold) {
                state.folded.fold(next)
                state.nextToFold += 1
            }
            return state.received
        }
    }
}
