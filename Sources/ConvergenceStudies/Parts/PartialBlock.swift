/// A block under way: the sums over its first paths, in order, so that whoever goes on with it gets the bits of one that was never
/// stopped.
package struct PartialBlock: Sendable {
    package var block: Int
    /// How many of its paths are in the sums.
    package internal(set) var paths = 0
    package internal(set) var sums: BlockSums

    init(_ block: Int, sums: BlockSums) { (self.block, self.sums) = (block, sums) }

    /// The number of its first path.
    var first: Int { block * PathSampler.blockSize }

    /// Of itself only.
    var blocks: Range<Int> { block..<block + 1 }
}

// MARK: Part files

extension PartialBlock {
    mutating func visitPlace(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("block", &block)
        try archive.property("paths", &paths)
    }
}
