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

    /// - Parameter progress: Called after every block with the paths done and the paths in all; from any thread.
    /// - Throws: `StudyPlanError`, `GSLError`, `SolverError`, `CancellationError`.
    public func run(progress: @escaping @Sendable (Int, Int) -> Void) async throws -> StudyResult {
        let began = ContinuousClock.now
        let plan = try StudyPlan(study)
        let (sums, work) = try await sample(plan, progress: progress)
        let samplePath = try await SamplePathTracer(plan: plan).trace(sums.closestCall)
        let elapsed = began.duration(to: .now)
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        return try ResultBuilder(plan: plan, sums: sums, secondsOfWork: work).result(
            samplePath: samplePath, seconds: seconds)
    }

    /// Blocks are handed out one by one and folded as soon as all before them are.
    private func sample(
        _ plan: StudyPlan, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> (sums: BlockSums, work: [Double]) {
        let paths = study.sampling.paths
        let blocks = (paths + PathSampler.blockSize - 1) / PathSampler.blockSize
        let folder = BlockFolder(plan: plan, blocks: blocks)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<min(threads, blocks) {
                group.addTask {
                    let sampler = PathSampler(plan: plan)
                    while let block = folder.nextBlock() {
                        try Task.checkCancellation()
                        let done = folder.add(try await sampler.sums(block: block), block: block)
                        progress(min(done * PathSampler.blockSize, paths), paths)
                    }
                    folder.add(work: sampler.secondsOfWork)
                }
            }
            try await group.waitForAll()
        }
        return (folder.folded, folder.work)
    }
}

/// Hands out blocks to threads and folds what comes back in ascending order.
private final class BlockFolder: Sendable {
    private struct State {
        var folded: BlockSums
        var handedOut = 0
        var received = 0
        var nextToFold = 0
        var waiting: [Int: BlockSums] = [:]
        var work: [Double]
    }

    private let blocks: Int
    private let state: Mutex<State>

    init(plan: StudyPlan, blocks: Int) {
        self.blocks = blocks
        state = Mutex(
            State(folded: BlockSums(plan: plan), work: .init(repeating: 0, count: plan.tested.count)))
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
            guard state.handedOut < blocks else { return nil }
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
