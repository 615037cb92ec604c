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
/// The equations are linear between spikes, so an arriving spike adds w K(u) to V and w e^{-u/τ_s} to I at a time u
/// later, wherever it falls in a cell.
public struct ExactEvent: Integrator {
    public let name = "exact-event"
    public let declaredOrder = DeclaredOrder(
        strong: nil, weak: nil,
        source: "exact up to 1e-9 ms and to crossings missed with probability < 1e-17 per cell")

    public init() {}

    public func makeRun(problem: Problem, tree: BrownianTree, level: Int) -> any Run {
        ExactEventRun(problem: problem, tree: tree, baseLevel: level)
    }

    /// The base level that is fast for a model: cells of about 1/8 ms, at most a quarter of each time constant wide.
    public static func baseLevel(model: CurrentLIF, tree: BrownianTree) -> Int {
        let widest = min(0.125, model.membraneTimeConstant / 4, model.synapticTimeConstant / 4)
        return (0..<BrownianTree.depth).first { tree.width(level: $0) <= widest } ?? BrownianTree.depth
    }
}

final class ExactEventRun: Run {
    /// A presynaptic spike on its way.
    struct Arrival {
        var time: Double
        var weight: Double
    }

    private let model: CurrentLIF
    private let network: Network
    private let baseLevel: Int
    /// One propagator with its bound per level of the tree.
    private let bounds: [CrossingBound]

    private var states: [LaneState]
    private var spikeLists: [[Spike]]
    private var arrivals: [[Arrival]]
    private(set) var recordedVoltages: [Lanes] = []

    init(problem: Problem, tree: BrownianTree, baseLevel: Int) {
        model = problem.model
        network = problem.network
        self.baseLevel = baseLevel
        bounds = (0...BrownianTree.depth).map {
            CrossingBound(model: problem.model, width: tree.width(level: $0))
        }
        states = []
        spikeLists = [[Spike]](repeating: [], count: 8 * problem.network.neuronCount)
        arrivals = [[Arrival]](repeating: [], count: 8 * problem.network.neuronCount)
    }

    func start(_ states: [LaneState]) {
        self.states = states
        for k in spikeLists.indices {
            spikeLists[k].removeAll(keepingCapacity: true)
            arrivals[k].removeAll(keepingCapacity: true)
        }
    }

    func state(neuron: Int) -> LaneState { states[neuron] }

    func setState(_ state: LaneState, neuron: Int) { states[neuron] = state }

    func spikes(neuron: Int, lane: Int) -> [Spike] { spikeLists[8 * neuron + lane] }

    func advance(neuron: Int, through window: NoiseWindow) {
        let hasInput = network.receivesInput[neuron]
        if hasInput {
            // Latest first, so that the next one is taken from the end.
            for lane in 0..<8 { arrivals[8 * neuron + lane].sort { $0.time > $1.time } }
        }
        let bound = bounds[baseLevel]
        let ticks = TimeGrid.ticks(level: baseLevel)
        let noise = window.cells(level: baseLevel)
        let firstIndex = window.index << (baseLevel - window.level)
        var state = states[neuron]
        var recorded = recordedVoltages
        recorded.removeAll(keepingCapacity: true)

        for k in 0..<window.count(level: baseLevel) {
            let startTick = window.start + k * ticks
            let start = state
            let suspects = bound.advance(&state, noise: noise[k])
            let busy =
                hasInput
                ? suspects .| lanesWithArrival(neuron, before: window.grid.time(startTick + ticks)) : suspects
            if busy.isAnySet {
                for lane in 0..<8 where busy[lane] {
                    var walk = CellWalk(
                        run: self, window: window, neuron: neuron, lane: lane,
                        voltage: start.voltage[lane], current: start.current[lane])
                    walk.pass(level: baseLevel, index: firstIndex + k, startTick: startTick, noise: noise[k])
                    state.voltage[lane] = walk.voltage
                    state.current[lane] = walk.current
                }
            }
            if (startTick + ticks) % window.recordInterval == 0 { recorded.append(state.voltage) }
        }
        states[neuron] = state
        recordedVoltages = recorded
        for synapse in network.outgoing[neuron] { send(synapse, since: window.grid.time(window.start)) }
    }

    private func lanesWithArrival(_ neuron: Int, before end: Double) -> LaneMask {
        var mask = LaneMask()
        for lane in 0..<8 { mask[lane] = arrivals[8 * neuron + lane].last.map { $0.time < end } ?? false }
        return mask
    }

    /// Hands the spikes of the window to a target.
    private func send(_ synapse: Network.Synapse, since start: Double) {
        for lane in 0..<8 {
            for spike in spikeLists[8 * synapse.source + lane].reversed() {
                if spike.time < start { break }
                arrivals[8 * synapse.target + lane].append(Arrival(time: spike.time, weight: synapse.weight))
            }
        }
    }

    /// One lane's walk through a cell that may hold a spike or an arrival.
    private struct CellWalk {
        unowned(unsafe) let run: ExactEventRun
        let window: NoiseWindow
        let neuron: Int
        let lane: Int
        var voltage: Double
        var current: Double

        mutating func pass(level: Int, index: Int, startTick: Int, noise: CellNoise) {
            let bound = run.bounds[level]
            let cellNoise = (voltage: noise.n1[lane], current: noise.n0[lane])
            let end = bound.propagate(voltage: voltage, current: current, noise: cellNoise)
            let endTime = window.grid.time(startTick + TimeGrid.ticks(level: level))
            let input = pendingInput(before: endTime)
            let highest = bound.highest(from: (voltage, current), to: end) + input.highest
            if highest < run.model.threshold {
                voltage = end.voltage + input.voltage
                current = end.current + input.current
                run.arrivals[8 * neuron + lane].removeLast(input.count)
            } else if level == BrownianTree.depth {
                run.arrivals[8 * neuron + lane].removeLast(input.count)
                passLeaf(
                    to: (end.voltage + input.voltage, end.current + input.current), width: bound.width,
                    startTime: window.grid.time(startTick))
            } else {
                var left = noise
                var right = noise
                window.tree.split(
                    window.stream, level: level, index: index, whole: noise, left: &left, right: &right)
                pass(level: level + 1, index: 2 * index, startTick: startTick, noise: left)
                pass(
                    level: level + 1, index: 2 * index + 1,
                    startTick: startTick + TimeGrid.ticks(level: level + 1),
                    noise: right)
            }
        }

        /// What arrivals before a time will have done to V and I by then, and the most they can have lifted V before.
        private func pendingInput(
            before end: Double
        ) -> (count: Int, voltage: Double, current: Double, highest: Double) {
            var input = (count: 0, voltage: 0.0, current: 0.0, highest: 0.0)
            for arrival in run.arrivals[8 * neuron + lane].reversed() {
                guard arrival.time < end else { break }
                let elapsed = end - arrival.time
                input.count += 1
                input.voltage += arrival.weight * run.model.synapticKernel(elapsed)
                input.current += arrival.weight * run.model.currentDecay(elapsed)
                // K(u) ≤ u
                input.highest += max(0, arrival.weight) * elapsed
            }
            return input
        }

        /// The path is straight inside a leaf to far below rounding.
        private mutating func passLeaf(
            to end: (voltage: Double, current: Double), width: Double, startTime: Double
        ) {
            var (from, to) = (voltage, end.voltage)
            var fraction = 0.0
            while to >= run.model.threshold, fraction < 1 {
                let rise = to - from
                let rest = 1 - fraction
                fraction += rest * max(0, (run.model.threshold - from) / rise)
                let crossingCurrent = current + fraction * (end.current - current)
                let slope = run.model.slope(voltage: run.model.threshold, current: crossingCurrent)
                // At a tangential crossing rounding may leave no slope; the leaf still rose.
                let speed = slope > 0 ? slope : rise / (rest * width)
                run.spikeLists[8 * neuron + lane].append(
                    Spike(time: startTime + fraction * width, crossingSpeed: speed))
                from = run.model.reset
                to -= run.model.resetHeight * run.model.voltageDecay((1 - fraction) * width)
            }
            voltage = to
            current = end.current
        }
    }
}
