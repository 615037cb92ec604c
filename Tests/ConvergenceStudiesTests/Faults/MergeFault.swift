import ConvergenceStudies

/// A mistake in how blocks of paths are put together.  Most leave every mean right, or nearly so: no expectation can
/// notice.  The law that notices is that shards make the bits of one run.
struct MergeFault: Sendable, CustomStringConvertible {
    let name: String
    let words: String
    /// Puts the blocks of a study of four together.
    let merge: @Sendable ([BlockFold.Node], Study) async throws -> BlockFold

    var description: String { name }

    static let all: [MergeFault] = [
        MergeFault(
            name: "weighted-by-shard", words: "a shard of one block weighs as much as one of three",
            merge: { nodes, _ in fold([0, 0, 0, 1, 2, 3], of: nodes) }),
        MergeFault(
            name: "block-counted-twice", words: "a block is counted twice and another left out",
            merge: { nodes, _ in fold([0, 0, 2, 3], of: nodes) }),
        MergeFault(
            name: "block-lost", words: "a block is lost", merge: { nodes, _ in fold([0, 1, 2], of: nodes) }),
        MergeFault(
            name: "folded-as-they-come", words: "blocks are added in the order in which they come in",
            merge: { nodes, _ in fold([2, 0, 3, 1], of: nodes) }),
        MergeFault(
            name: "seed-keyed-by-shard", words: "every shard has a seed of its own",
            merge: { nodes, study in
                var other = study
                other.sampling.seed += 1
                return fold([0, 1], of: nodes, [2, 3], of: try await MergeLaw.nodes(of: other))
            }),
    ]

    /// The blocks of these numbers, as if they were the first, the second, and so on.
    private static func fold(
        _ picked: [Int], of nodes: [BlockFold.Node], _ more: [Int] = [], of others: [BlockFold.Node] = []
    ) -> BlockFold {
        var fold = BlockFold()
        for (index, node) in (picked.map { nodes[$0] } + more.map { others[$0] }).enumerated() {
            fold.insert(.init(level: 0, index: index, sums: node.sums))
        }
        return fold
    }
}

/// Shards, put together, make the bits of one run.
enum MergeLaw {
    /// The four blocks of a study, each sampled as a shard.
    static func nodes(of study: Study) async throws -> [BlockFold.Node] {
        var nodes: [BlockFold.Node] = []
        for index in 1...4 {
            let part = StudyPart(study, shard: Shard(index: index, count: 4)!)
            nodes += try await StudyRunner(study: study, threads: 1).sample(part, progress: { _, _ in }).fold
                .nodes
        }
        return nodes
    }

    /// A study of four blocks.
    static func study() throws -> Study {
        var study = try CheckSuite.study("spikes")
        study.sampling.paths = 4096
        return study
    }

    static func holds(_ fold: BlockFold, for whole: StudyPart) -> Bool {
        fold.total.map(bits) == whole.fold.total.map(bits)
    }

    static func bits(of sums: BlockSums) -> [UInt64] {
        var (sums, recorder) = (sums, NumberRecorder())
        try! sums.visit(&recorder)
        return recorder.numbers
    }
}
