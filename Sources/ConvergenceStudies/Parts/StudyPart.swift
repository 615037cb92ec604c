import Foundation

/// A stretch of a study's blocks, and the sums over those of them that have been sampled.
package struct StudyPart: Sendable {
    package let identity: StudyIdentity
    /// The blocks it is to have in the end.
    package var blocks: Range<Int>
    package private(set) var fold = BlockFold()
    /// Blocks that are begun and not finished, by their numbers.
    package private(set) var partial: [PartialBlock] = []
    /// Seconds that each tested run has worked on these blocks, on all threads together.
    package internal(set) var secondsOfWork: [Double]
    /// How long the sampling has taken so far.
    package internal(set) var seconds = 0.0

    /// Nothing is sampled yet.
    package init(_ study: Study, shard: Shard = .whole) {
        identity = StudyIdentity(study)
        blocks = shard.blocks(of: identity.blockCount)
        secondsOfWork = .init(repeating: 0, count: study.integrators.count * study.steps.count)
    }

    init(
        identity: StudyIdentity, blocks: Range<Int>, fold: BlockFold, partial: [PartialBlock] = [],
        secondsOfWork: [Double], seconds: Double
    ) {
        self.identity = identity
        self.blocks = blocks
        self.fold = fold
        self.partial = partial
        self.secondsOfWork = secondsOfWork
        self.seconds = seconds
    }

    /// The same sums as the beginning of a study of more paths.
    ///
    /// - Precondition: It is complete, and its paths fill their last block.
    func growing(into study: Study) -> StudyPart {
        let identity = StudyIdentity(study)
        return StudyPart(
            identity: identity, blocks: 0..<identity.blockCount, fold: fold, secondsOfWork: secondsOfWork,
            seconds: seconds)
    }

    package var isComplete: Bool { fold.count == blocks.count }

    /// Those that are not finished, ascending.
    package var missingBlocks: [Int] {
        let sampled = fold.blocks
        return blocks.filter { block in !sampled.contains { $0.contains(block) } }
    }

    package var paths: Int { identity.paths(in: blocks) }

    package var sampledPaths: Int {
        partial.reduce(fold.blocks.reduce(0) { $0 + identity.paths(in: $1) }) { $0 + $1.paths }
    }

    /// Takes over what there is of a block, in place of what there was before.
    ///
    /// - Precondition: It is not there whole.
    /// - Returns: Whether it is whole.
    @discardableResult
    mutating func keep(_ block: PartialBlock) -> Bool {
        partial.removeAll { $0.block == block.block }
        if identity.isWhole(block) {
            fold.insert(.init(level: 0, index: block.block, sums: block.sums))
            return true
        }
        guard block.paths > 0 else { return false }
        partial.insert(block, at: partial.firstIndex { $0.block > block.block } ?? partial.count)
        return false
    }

    /// - Parameter work: Seconds that each tested run has worked on the block's paths since the last time.
    mutating func keep(_ block: PartialBlock, work: [Double]) {
        keep(block)
        for k in work.indices { secondsOfWork[k] += work[k] }
    }

    /// Takes over all that another part has.
    ///
    /// - Precondition: It is of the same study, complete, and has none of the same blocks.
    mutating func add(_ other: StudyPart) {
        for node in other.fold.nodes { fold.insert(node) }
        for k in secondsOfWork.indices { secondsOfWork[k] += other.secondsOfWork[k] }
        seconds += other.seconds
    }
}

/// What two parts have to agree in to belong together.
package struct StudyIdentity: Codable, Equatable, Sendable {
    package var toolVersion: String
    package var study: String
    package var studyHash: String
    package var seed: UInt64
    package var paths: Int

    package init(_ study: Study) {
        toolVersion = ToolVersion.current
        self.study = study.name
        studyHash = study.hash
        seed = study.sampling.seed
        paths = study.sampling.paths
    }

    /// Of 1024 paths, but for the last.
    package var blockCount: Int { (paths + PathSampler.blockSize - 1) / PathSampler.blockSize }

    package func paths(in blocks: Range<Int>) -> Int {
        let size = PathSampler.blockSize
        return min(blocks.upperBound * size, paths) - min(blocks.lowerBound * size, paths)
    }

    /// Whether all paths of a block are in its sums.
    func isWhole(_ block: PartialBlock) -> Bool {
        block.paths == paths(in: block.block..<block.block + 1)
    }

    /// In what another one differs, as the object of "is": `of seed 2, not 1`; nil where they are the same.
    package func difference(from other: StudyIdentity) -> String? {
        if toolVersion != other.toolVersion {
            return "by spikeverify \(toolVersion), not \(other.toolVersion)"
        }
        if study != other.study { return "of the study \"\(study)\", not \"\(other.study)\"" }
        if studyHash != other.studyHash {
            return "of another text of the study (hash \(studyHash), not \(other.studyHash))"
        }
        if seed != other.seed { return "of seed \(seed), not \(other.seed)" }
        if paths != other.paths { return "of \(paths) paths, not \(other.paths)" }
        return nil
    }

    enum CodingKeys: String, CodingKey {
        case study, seed, paths
        case toolVersion = "tool_version"
        case studyHash = "study_hash"
    }
}
