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

    public init() {}

    public func refusal(_ model: NeuronModel) -> String? {
        if model.nonlinearity != nil { return "a nonlinear neuron has no exact solution in closed form" }
        return model.voltageNoise > 0
            ? "white noise in V crosses the threshold without a slope, infinitely often at once" : nil
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

final class ExactEventRun: Run {
    private let problem: Problem
    private let network: Network
    private let baseLevel: Int
    /// For each model one propagator with its bound per level of the tree.
    private let bounds: [[CrossingBound]]

    private var states: [LaneState] = []
    /// What has been added to each neuron's μ.
    private var drives: [Lanes] = []
    /// End of each neuron's refractory period, ms.
    private var heldUntil: [Lanes] = []
    /// When the next arrival of each neuron is due, ms.
    private var nextArrivals: [Lanes] = []
    /// For each neuron and lane, the latest first.
    private var arrivals: [[Arrival]]
    private var spikeLists: [[Spike]]
    private(set) var recordedVoltages: [[Lanes]]

    init(problem: Problem, forest: BrownianForest, baseLevel: Int) {
        self.problem = problem
        network = problem.network
        self.baseLevel = baseLevel
        bounds = problem.models.map { model in
            (0...BrownianTree.depth).map { CrossingBound(model: model, width: forest.width(level: $0)) }
        }
        let count = problem.network.neuronCount
        arrivals = .init(repeating: [], count: 8 * count)
        spikeLists = .init(repeating: [], count: 8 * count)
        recordedVoltages = .init(repeating: [], count: count)
    }

    func start(_ states: [LaneState]) {
        self.states = states
        drives = .init(repeating: .zero, count: states.count)
        heldUntil = .init(repeating: Lanes(repeating: -.infinity), count: states.count)
        nextArrivals = .init(repeating: Lanes(repeating: .infinity), count: states.count)
        for k in spikeLists.indices {
            spikeLists[k].removeAll(keepingCapacity: true)
            arrivals[k].removeAll(keepingCapacity: true)
        }
    }

    func state(neuron: Int) -> LaneState { states[neuron] }

    func setState(_ state: LaneState, neuron: Int) { states[neuron] = state }

    func spikes(neuron: Int, lane: Int) -> [Spike] { spikeLists[8 * neuron + lane] }

    func advance(through windows: [NoiseWindow]) throws(SimulationError) {
        for (neuron, window) in windows.enumerated() {
            recordedVoltages[neuron].removeAll(keepingCapacity: true)
            for lane in window.arrivals.indices {
                for arrival in window.arrivals[lane] { receive(arrival, neuron: neuron, lane: lane) }
            }
        }
        if network.shortestFeedback >= windows[0].duration {
            for (neuron, window) in windows.enumerated() { advance(neuron: neuron, through: window) }
        } else {
            for cell in 0..<windows[0].count(level: baseLevel) { try advance(cell: cell, of: windows) }
        }
    }

    // MARK: One neuron through a window

    private func advance(neuron: Int, through window: NoiseWindow) {
        let ticks = TimeGrid.ticks(level: baseLevel)
        let firstSpikes =
            network.outgoing[neuron].isEmpty ? [] : (0..<8).map { spikeLists[8 * neuron + $0].count }
        var state = states[neuron]
        for cell in 0..<window.count(level: baseLevel) {
            let before = state
            let busy = glide(&state, neuron: neuron, cell: cell, window: window)
            if busy.isAnySet {
                states[neuron] = state
                for lane in 0..<8 where busy[lane] {
                    var walk = walk(neuron, lane: lane, from: before, window: window)
                    pass(&walk, cell: cell)
                    spikeLists[8 * neuron + lane] += walk.spikes
                    keep(walk, neuron: neuron)
                }
                state = states[neuron]
            }
            record(state, of: neuron, endTick: window.start + (cell + 1) * ticks, window: window)
        }
        states[neuron] = state
        for (lane, first) in firstSpikes.enumerated() {
            for spike in spikeLists[8 * neuron + lane][first...] {
                for synapse in network.outgoing[neuron] {
                    receive(synapse.arrival(of: spike), neuron: synapse.target, lane: lane)
                }
            }
        }
    }

    /// Takes a cell as if nothing happened in it; the result has the lanes in which something may.
    private func glide(_ state: inout LaneState, neuron: Int, cell: Int, window: NoiseWindow) -> LaneMask {
        let startTick = window.start + cell * TimeGrid.ticks(level: baseLevel)
        let endTime = window.grid.time(startTick + TimeGrid.ticks(level: baseLevel))
        let bound = bounds[problem.modelIndex(neuron: neuron)][baseLevel]
        let suspects = bound.advance(
            &state, drive: drives[neuron], noise: window.cells(level: baseLevel)[cell])
        return suspects .| (nextArrivals[neuron] .< endTime)
            .| (heldUntil[neuron] .> window.grid.time(startTick))
    }

    private func record(_ state: LaneState, of neuron: Int, endTick: Int, window: NoiseWindow) {
        if endTick % window.recordInterval == 0 { recordedVoltages[neuron].append(state.voltage) }
    }

    /// Takes over the neuron's arrivals, which `keep` gives back.
    private func walk(_ neuron: Int, lane: Int, from state: LaneState, window: NoiseWindow) -> CellWalk {
        let k = 8 * neuron + lane
        var taken: [Arrival] = []
        swap(&taken, &arrivals[k])
        return CellWalk(
            bounds: bounds[problem.modelIndex(neuron: neuron)], model: problem.model(neuron: neuron),
            window: window,
            lane: lane, voltage: state.voltage[lane], current: state.current[lane],
            drive: drives[neuron][lane],
            heldUntil: heldUntil[neuron][lane], arrivals: taken)
    }

    private func pass(_ walk: inout CellWalk, cell: Int) {
        let window = walk.window
        walk.pass(
            level: baseLevel, index: window.index << (baseLevel - window.level) + cell,
            startTick: window.start + cell * TimeGrid.ticks(level: baseLevel),
            noise: window.cells(level: baseLevel)[cell])
    }

    private func keep(_ walk: consuming CellWalk, neuron: Int) {
        let lane = walk.lane
        states[neuron].voltage[lane] = walk.voltage
        states[neuron].current[lane] = walk.current
        drives[neuron][lane] = walk.drive
        heldUntil[neuron][lane] = walk.heldUntil
        arrivals[8 * neuron + lane] = walk.arrivals
        nextArrivals[neuron][lane] = arrivals[8 * neuron + lane].last?.time ?? .infinity
    }

    /// Puts an arrival where its time belongs.
    private func receive(_ arrival: Arrival, neuron: Int, lane: Int) {
        arrivals[8 * neuron + lane].insertInOrder(arrival)
        nextArrivals[neuron][lane] = min(nextArrivals[neuron][lane], arrival.time)
    }

    // MARK: All neurons through a cell, event by event

    private func advance(cell: Int, of windows: [NoiseWindow]) throws(SimulationError) {
        let before = states
        let busy = windows.indices.map { glide(&states[$0], neuron: $0, cell: cell, window: windows[$0]) }
        for lane in 0..<8 {
            let busyNeurons = windows.indices.filter { busy[$0][lane] }
            guard !busyNeurons.isEmpty else { continue }
            var cascade = Cascade(
                network: network,
                end: windows[0].grid.time(windows[0].start + (cell + 1) * TimeGrid.ticks(level: baseLevel)),
                begin: { [self] in walk($0, lane: lane, from: before[$0], window: windows[$0]) },
                pass: { [self] in pass(&$0, cell: cell) })
            try cascade.run(startingWith: busyNeurons)
            for (neuron, walk, spikes) in cascade.outcomes {
                keep(walk, neuron: neuron)
                spikeLists[8 * neuron + lane] += spikes
            }
            for (arrival, target) in cascade.later { receive(arrival, neuron: target, lane: lane) }
        }
        let endTick = windows[0].start + (cell + 1) * TimeGrid.ticks(level: baseLevel)
        for (neuron, window) in windows.enumerated() {
            record(states[neuron], of: neuron, endTick: endTick, window: window)
        }
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
