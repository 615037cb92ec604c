import NumericalMethods

/// Random numbers of one cell on one path, beside its noise: what the Brownian path does inside the cell beyond what its
/// functionals say.
///
/// They have a key of their own, drawn from that of the noise, and a counter of path, root cell, neuron and cell, so that a cell
/// has the same ones whoever takes it.
public struct CellDice: Sendable {
    /// What they decide; numbers of different purposes have nothing to do with each other.
    enum Purpose: UInt32 {
        case leaf, step
    }

    /// Uniform on (0, 1): a bridge is higher than x where this is below P(maximum > x).
    public let height: Double
    /// Standard normal.
    public let normal: Double
    /// Uniform on (0, 1).
    public let branch: Double

    /// - Parameters:
    ///   - noise: The generator of the path's noise.
    ///   - cell: 2^level + index for a step, the index for a leaf, in the root cell.
    init(_ purpose: Purpose, noise: Philox, path: UInt32, rootCell: Int, neuron: Int, cell: Int) {
        // Blocks of the noise have other keys, and those of these keys are taken here only.
        let seeded = Philox(key: ~noise.key).block([purpose.rawValue, 0, 0, 0])
        let counter: Philox.Block = [
            path, UInt32(truncatingIfNeeded: rootCell), UInt32(truncatingIfNeeded: neuron),
            UInt32(truncatingIfNeeded: cell),
        ]
        let first = Philox(key: [seeded[0], seeded[1]]).block(counter)
        let second = Philox(key: [seeded[2], seeded[3]]).block(counter)
        height = Philox.uniform(first[0], first[1])
        normal = NormalDistribution.quantile(above: Philox.uniform(first[2], first[3]))
        branch = Philox.uniform(second[0], second[1])
    }

    /// For rules that are asked outside a run.
    public init(height: Double, normal: Double, branch: Double) {
        (self.height, self.normal, self.branch) = (height, normal, branch)
    }
}
