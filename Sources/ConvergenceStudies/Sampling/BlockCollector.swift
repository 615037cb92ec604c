import Synchronization

/// Hands out blocks to threads and collects what comes back.
final class BlockCollector: Sendable {
    private struct State {
        var part: StudyPart
        var waiting: ArraySlice<Int>
        /// How many paths of whole blocks there are.
        var finishedPaths: Int
        /// Of each block under way, how many of its paths are done.
        var underWay: [Int: Double]
        var isSaved: Bool
        var isBeingSaved = false
        var nextSave = ContinuousClock.now

        /// The part, if it is to be saved now; not before its time, if there is one.
        mutating func unsaved(at time: ContinuousClock.Instant? = nil) -> StudyPart? {
            guard !isSaved, !isBeingSaved, time.map({ $0 >= nextSave }) ?? true else { return nil }
            (isSaved, isBeingSaved) = (true, true)
            return part
        }

        var paths: Int { finishedPaths + Int(underWay.values.reduce(0, +)) }
    }

    private let state: Mutex<State>
    private let began = ContinuousClock.now
    private let secondsBefore: Double
    private let identity: StudyIdentity

    init(_ part: StudyPart) {
        identity = part.identity
        secondsBefore = part.seconds
        let partial = part.partial.map { ($0.block, Double($0.paths)) }
        state = Mutex(
            State(
                part: part, waiting: part.missingBlocks[...],
                finishedPaths: part.sampledPaths - part.partial.reduce(0) { $0 + $1.paths },
                underWay: Dictionary(uniqueKeysWithValues: partial),
                // A batch may have been measured that is nowhere but here.
                isSaved: partial.isEmpty))
    }

    var part: StudyPart { state.withLock { $0.part } }

    func isWhole(_ block: PartialBlock) -> Bool { identity.isWhole(block) }

    /// The next block, with what an earlier run has done of it; nil when there is none left.
    func nextBlock() -> (number: Int, partial: PartialBlock?)? {
        state.withLock { state in
            state.waiting.popFirst().map { block in (block, state.part.partial.first { $0.block == block }) }
        }
    }

    /// - Parameter paths: How many of the block's paths are done, fractions included.
    /// - Returns: The number of paths sampled so far, in all blocks.
    func note(block: Int, paths: Double) -> Int {
        state.withLock { state in
            state.underWay[block] = paths
            return state.paths
        }
    }

    /// Takes over what there is of a block, whole or not.
    ///
    /// - Parameter work: Seconds that each tested run has worked since the last time.
    func keep(_ block: PartialBlock, work: [Double]) {
        guard block.paths > 0 else { return }
        state.withLock { state in
            if state.part.keep(block) {
                state.finishedPaths += block.paths
                state.underWay[block.block] = nil
            }
            for k in work.indices { state.part.secondsOfWork[k] += work[k] }
            state.part.seconds = secondsBefore + began.duration(to: .now) / .seconds(1)
            state.isSaved = false
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
