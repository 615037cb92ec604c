/// One of several equal shares of a study, each sampled by a process of its own.
package struct Shard: Sendable, Equatable {
    /// 1 ... count.
    package let index: Int
    package let count: Int

    /// All of it.
    package static let whole = Shard(index: 1, count: 1)!

    package init?(index: Int, count: Int) {
        guard count >= 1, (1...count).contains(index) else { return nil }
        (self.index, self.count) = (index, count)
    }

    package var isWhole: Bool { count == 1 }

    /// Its consecutive blocks; shares differ by one block at most.
    package func blocks(of total: Int) -> Range<Int> {
        func bound(_ k: Int) -> Int { Int(Int128(total) * Int128(k) / Int128(count)) }
        return bound(index - 1)..<bound(index)
    }
}

extension Shard {
    /// - Throws: `ShardError` where the study has too few blocks for so many shares.
    package func check(_ study: Study) throws(ShardError) {
        let blocks = StudyIdentity(study).blockCount
        guard count <= blocks else { throw ShardError(study: study.name, shards: count, blocks: blocks) }
    }
}

/// A share without any block.
package struct ShardError: Error, CustomStringConvertible {
    package var study: String
    package var shards: Int
    package var blocks: Int

    package var description: String {
        "\(study): has \(blocks) blocks of \(PathSampler.blockSize) paths, too few for \(shards) shards; "
            + "use at most \(blocks)"
    }
}
