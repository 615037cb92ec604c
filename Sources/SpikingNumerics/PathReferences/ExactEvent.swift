import NumericalMethods

/// The event-driven reference: the true hybrid process, each spike located to a leaf of the Brownian tree.
///
/// Between spikes V and I are propagated exactly over base cells.  A cell that cannot hold a spike, but for a probability below
/// 1e-17, is passed; any other is split by the tree, its left half first, down to leaves.  What rules a spike out, and what
/// happens in a leaf, is the neuron's `CellBound`: `CrossingBound` where noise enters through the current and V is smooth,
/// `WhiteNoiseBound` where it acts on V.
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
        source:
            "exact up to 1e-9 ms, or under white noise in V to the law of a bridge in leaves of 2^-15 ms, and to crossings "
            + "missed with probability < 1e-17 per cell")

    public let noise = NoiseContent.propagation

    public init() {}

    public func refusal(_ model: NeuronModel) -> String? {
        model.nonlinearity == nil ? nil : "a nonlinear neuron has no exact solution in closed form"
    }

    /// - Precondition: Noise acts on the V of all neurons that have any, or of none.
    public func makeRun(problem: Problem, forest: BrownianForest, level: Int) -> any Run {
        guard problem.models.isRough else {
            return ExactEventRun<CrossingBound>(problem: problem, forest: forest, baseLevel: level) {
                (run, neurons, windows) throws(SimulationError) in
                try run.integrate(neurons, through: windows)
            }
        }
        return ExactEventRun<WhiteNoiseBound>(problem: problem, forest: forest, baseLevel: level) {
            (run, neurons, windows) throws(SimulationError) in
            try run.integrate(neurons, through: windows)
        }
    }

    /// The base level that is fast, but no wider than the widest of a study's steps.
    ///
    /// - Parameter steps: Their levels.
    public static func baseLevel(_ problem: Problem, forest: BrownianForest, steps: [Int]) -> Int {
        let level = max(baseLevel(problem, forest: forest), steps.min()!)
        guard problem.models.isRough else { return level }
        // Leaves must be far shorter than the finest step, whose noise does not know of what leaves decide.
        let leaf = WhiteNoiseBound.leafLevel(problem, forest: forest, baseLevel: level)
        return leaf >= min(BrownianTree.depth, steps.max()! + WhiteNoiseBound.leafDepth)
            ? level : steps.max()!
    }

    /// The base level that is fast.
    public static func baseLevel(_ problem: Problem, forest: BrownianForest) -> Int {
        let widest =
            problem.models.isRough
            ? WhiteNoiseBound.fastestWidth(problem) : CrossingBound.fastestWidth(problem)
        return (0..<BrownianTree.depth).first { forest.width(level: $0) <= widest } ?? BrownianTree.depth
    }
}

extension [NeuronModel] {
    /// Whether noise acts on V itself.
    var isRough: Bool { contains { $0.voltageNoise > 0 } }
}

extension Network.Synapse {
    /// What a spike of the source does to the target, and when.
    func arrival(of spike: Spike) -> Arrival {
        Arrival(time: spike.time + delay, weight: weight, jump: jump)
    }
}
