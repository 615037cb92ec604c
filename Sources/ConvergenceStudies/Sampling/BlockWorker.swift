/// One thread's share of the sampling of a study: block after block, until there is none left or it is stopped.
struct BlockWorker {
    let collector: BlockCollector
    let plan: StudyPlan
    let isStopped: @Sendable () -> Bool
    let progress: @Sendable (Int) -> Void
    let save: @Sendable (StudyPart) throws -> Void

    /// What is done of a block is handed over so often, so that it can be saved.
    private static let handOver = Duration.milliseconds(500)
    /// How often progress within a group of paths is told.
    private static let pause = Duration.milliseconds(200)

    /// - Throws: `CancellationError` where the task is cancelled without being stopped; what sampling and saving throw.  What was done of
    ///   a block is handed over all the same.
    func work() async throws {
        let sampler = PathSampler(plan: plan)
        while !isInterrupted, let next = collector.nextBlock() {
            let block = next.partial ?? PartialBlock(next.number, sums: BlockSums(plan: plan))
            guard try await finish(block, sampler) else { break }
        }
        if !isStopped() { try Task.checkCancellation() }
    }

    /// The same on several threads.
    func work(threads: Int) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<threads {
                group.addTask {
                    try await work()
                    return true
                }
            }
            if !plan.study.solvers.isEmpty {
                group.addTask {
                    await stop()
                    return false
                }
            }
            var working = threads
            while working > 0, let isWorker = try await group.next() {
                working -= isWorker ? 1 : 0
                // Solvers at work hear of it by being cancelled.
                if !isWorker || working == 0 { group.cancelAll() }
            }
        }
    }

    /// Waits until sampling is stopped or over.
    private func stop() async {
        while !isInterrupted { try? await Task.sleep(for: Self.pause) }
    }

    private var isInterrupted: Bool { isStopped() || Task.isCancelled }

    /// - Returns: Whether the block is whole.
    private func finish(_ unfinished: PartialBlock, _ sampler: PathSampler) async throws -> Bool {
        var block = unfinished
        var handedOver = (time: ContinuousClock.now, work: sampler.secondsOfWork)
        func work() -> [Double] { zip(sampler.secondsOfWork, handedOver.work).map(-) }
        var told = ContinuousClock.now
        let watch = PathSampler.Watch(
            isInterrupted: { isInterrupted },
            progressed: { paths in
                let now = ContinuousClock.now
                guard told.duration(to: now) >= Self.pause else { return }
                told = now
                progress(collector.note(block: unfinished.block, paths: paths))
            },
            look: { block in
                let now = ContinuousClock.now
                told = now
                progress(collector.note(block: block.block, paths: Double(block.paths)))
                guard handedOver.time.duration(to: now) >= Self.handOver, !collector.isWhole(block) else {
                    return
                }
                collector.keep(block, work: work())
                handedOver = (now, sampler.secondsOfWork)
                try collector.saveInTime(save)
            })
        do {
            try await sampler.extend(&block, watch: watch)
        } catch {
            collector.keep(block, work: work())
            throw error
        }
        collector.keep(block, work: work())
        guard collector.isWhole(block) else { return false }
        try collector.saveInTime(save)
        return true
    }
}
