import NumericalMethods

/// The event-driven reference: the true hybrid process, each spike located to a leaf of the Brownian tree.
///
/// Between spikes V and I are propagated exactly over base cells.  In a cell of width d the conditional mean of V given
/// the cell's ends is, up to `CrossingBound.interpolationError`, their cubic Hermite interpolant, which stays below its
/// Bézier control values; the Gaussian deviation from it has a standard deviation of at most σ d^{3/2}/√192.  Where the
/// control values, the interpolation error, nine deviations and everything that arriving spikes can add stay below
/// V_th the cell holds no crossing (a miss has probability below 1e-17).  Any other cell is split by the tree, its left
/// half first, down to leaves of 2^-32 of the root cell; the first leaf that ends above V_th holds the spike, located
/// inside by a straight line, and the neuron goes on from V_r in the rest of the leaf.
///
/// The equations are linear between spikes, so what an arriving spike adds to V and I at a time u later is known,
/// wherever it falls in a cell.
///
/// Networks: while no spike can come back to a neuron of lower number within a window, neurons are visited one after
/// the other.  Otherwise events are taken cell by cell in order of time, those of one instant together: all their
/// targets receive all their jumps before any of them is looked at again, so the numbering of neurons plays no part.
public struct ExactEvent: Integrator {
    public let name = "exact-event"
    public let declaredOrder = DeclaredOrder(
        strong: nil, weak: nil,
        source: "exact up to 1e-9 ms and to crossings missed with probability < 1e-17 per cell")

    public let noise = NoiseContent.propagation

    public init() {}

    public func refusal(_ model: NeuronModel) -> String? {
        reasons(
            model.nonlinearity == nil ? nil : "a nonlinear neuron has no exact solution in closed form",
            model.voltageNoise > 0
                ? "white noise in V crosses the threshold without a slope, infinitely often at once" : nil)
    }

    public func makeRun(problem: Problem, forest: BrownianForest, level: Int) -> any Run {
        ExactEventRun(problem: problem, forest: forest, baseLevel: level)
    }

    /// The base level that is fast: cells of about 1/8 ms, at most a quarter of each time constant wide.
    public static func baseLevel(_ problem: Problem, forest: BrownianForest) -> Int {
        let constants = problem.models.flatMap { [$0.membraneTimeConstant, $0.synapticTimeConstant] }
        let widest = min(0.125, constants.min()! / 4)
        return (0..<BrownianTree.depth).first { forest.width(level: $0) <= widest } ?? BrownianTree.depth
    }
}

extension Network.Synapse {
    /// What a spike of the source does to the target, and when.
    func arrival(of spike: Spike) -> Arrival {
        Arrival(time: spike.time + delay, weight: weight, jump: jump)
    }
}

extension [Arrival] {
    /// Inserts into an array that has the latest first.
    mutating func insertInOrder(_ arrival: Arrival) {
        var place = count
        while place > 0, self[place - 1].time < arrival.time { place -= 1 }
        insert(arrival, at: place)
    }
}
