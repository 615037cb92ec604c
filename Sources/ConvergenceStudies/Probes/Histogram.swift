import SpikingNumerics

/// Counts over fixed bins.
package struct Histogram: Sendable {
    /// Ascending; bin k covers edges[k] ..< edges[k+1].
    package let edges: [Double]
    package private(set) var counts: [Int]
    package private(set) var below = 0
    package private(set) var above = 0

    package init(edges: [Double]) {
        self.edges = edges
        counts = .init(repeating: 0, count: edges.count - 1)
    }

    package mutating func add(_ value: Double) {
        guard value >= edges[0] else { return below += 1 }
        guard value < edges[edges.count - 1] else { return above += 1 }
        var (low, high) = (0, edges.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if edges[middle] <= value { low = middle } else { high = middle }
        }
        counts[low] += 1
    }

    package mutating func fold(_ later: Histogram) {
        for k in counts.indices { counts[k] += later.counts[k] }
        below += later.below
        above += later.above
    }

    /// Symmetric about 0, four bins an octave from 2^-16 ms to 2^4 ms, and one for everything nearer to 0.
    package static let timeErrorEdges: [Double] = {
        let positive = quarterOctaves(from: -16, to: 4)
        return positive.reversed().map { -$0 } + positive
    }()

    /// Four bins an octave over the 20 octaves below twice the speed at which noise-free V leaves the reset, or the
    /// noise alone could carry V over the threshold.
    package static func crossingSpeedEdges(_ models: [NeuronModel]) -> [Double] {
        let fastest = models.map { model in
            let noise = model.currentNoise * (model.synapticTimeConstant / 2).squareRoot()
            let steepest = model.nonlinearity.map { max(0, $0(model.threshold)) } ?? 0
            return abs(model.drive) + 8 * noise + model.resetHeight / model.membraneTimeConstant + steepest
        }.max()!
        // Zero and infinity, which time constants far from any neuron's lead to, have exponents without bound.
        let top = min(max(fastest.exponent, -900), 900) + 2
        return quarterOctaves(from: top - 20, to: top)
    }

    private static func quarterOctaves(from low: Int, to high: Int) -> [Double] {
        let quarters = [1, 1.189207115002721, 1.4142135623730951, 1.681792830507429]
        return (low..<high).flatMap { octave in
            quarters.map { $0 * Double(sign: .plus, exponent: octave, significand: 1) }
        } + [Double(sign: .plus, exponent: high, significand: 1)]
    }
}

/// The edges follow from the study.
extension Histogram: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("counts", &counts)
        try archive.property("below", &below)
        try archive.property("above", &above)
    }
}
