/// Sums over a set of blocks, folded pair by pair: blocks 2k and 2k + 1 make a pair, two such pairs make four, and so on.
///
/// Floating-point sums depend on the order of their terms.  Here it is a matter of the blocks' numbers alone: whoever
/// sums a set of blocks, in whatever order and on however many machines, gets the same bits, and needs no more than
/// 2 log₂ n partial sums to keep n consecutive blocks.
package struct BlockFold: Sendable {
    /// The sums over blocks index · 2^level ..< (index + 1) · 2^level.
    package struct Node: Sendable {
        package var level: Int
        package var index: Int
        package var sums: BlockSums

        package init(level: Int, index: Int, sums: BlockSums) {
            self.level = level
            self.index = index
            self.sums = sums
        }

        package var blocks: Range<Int> { index << level..<(index + 1) << level }
    }

    /// Ascending, and no two of them make a pair.
    package private(set) var nodes: [Node] = []

    package init() {}

    /// Ascending ranges, with something missing between one and the next.
    package var blocks: [Range<Int>] {
        nodes.reduce(into: []) { ranges, node in
            if let last = ranges.last, last.upperBound == node.blocks.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<node.blocks.upperBound
            } else {
                ranges.append(node.blocks)
            }
        }
    }

    package var count: Int { nodes.reduce(0) { $0 + $1.blocks.count } }

    /// - Precondition: None of the node's blocks is there yet.
    package mutating func insert(_ node: Node) {
        var node = node
        while let k = nodes.firstIndex(where: { $0.level == node.level && $0.index == node.index ^ 1 }) {
            let sibling = nodes.remove(at: k)
            let isLater = sibling.index > node.index
            var pair = isLater ? node : sibling
            pair.sums.fold((isLater ? sibling : node).sums)
            node = Node(level: node.level + 1, index: node.index >> 1, sums: pair.sums)
        }
        let place = nodes.firstIndex { $0.index << $0.level > node.index << node.level } ?? nodes.count
        nodes.insert(node, at: place)
        dropSurplusCrossings()
    }

    /// A list of crossings ends at its limit, so what comes after that many of earlier blocks is never shown.
    private mutating func dropSurplusCrossings() {
        var room = Crossing.limit
        for k in nodes.indices {
            let surplus = nodes[k].sums.shown.crossings.count - room
            if surplus > 0 { nodes[k].sums.shown.crossings.removeLast(surplus) }
            room -= nodes[k].sums.shown.crossings.count
        }
    }

    /// What the blocks amount to; nil without any.
    package var total: BlockSums? {
        guard var total = nodes.first?.sums else { return nil }
        for node in nodes.dropFirst() { total.fold(node.sums) }
        return total
    }
}
