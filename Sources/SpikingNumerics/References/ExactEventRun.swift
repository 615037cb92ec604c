/// The event-driven reference at work.
final class ExactEventRun: SplittingRun {
    private let problem: Problem
    private let network: Network
    private let baseLevel: Int
    /// For each model one propagator with its bound per level of the tree.
    private let bounds: [[CrossingBound]]
    private let neuronCount: Int

    // One value per neuron.  They are touched in every cell; arrays in a class would be checked for exclusive access and
    // unique reference each time.
    private let states: UnsafeMutablePointer<LaneState>
    /// What has been added to each neuron's μ.
    private let drives: UnsafeMutablePointer<Lanes>
    /// End of each neuron's refractory period, ms.
    private let heldUntil: UnsafeMutablePointer<Lanes>
    /// When the next arrival of each neuron is due, ms.
    private let nextArrivals: UnsafeMutablePointer<Lanes>
    /// For each neuron and lane, the latest first.
    private var arrivals: [[Arrival]]
    private var spikeLists: [[Spike]]
    private(set) var recordedVoltages: [[Lanes]]
    private(set) var splitCells = 0

    init(problem: Problem, forest: BrownianForest, baseLevel: Int) {
        self.problem = problem
        network = problem.network
        self.baseLevel = baseLevel
        bounds = problem.models.map { model in
            (0...BrownianTree.depth).map { CrossingBound(model: model, width: forest.width(level: $0)) }
        }
        neuronCount = problem.network.neuronCount
        states = .allocate(capacity: neuronCount)
        drives = .allocate(capacity: neuronCount)
        heldUntil = .allocate(capacity: neuronCount)
        nextArrivals = .allocate(capacity: neuronCount)
        arrivals = .init(repeating: [], count: 8 * neuronCount)
        spikeLists = .init(repeating: [], count: 8 * neuronCount)
        recordedVoltages = .init(repeating: [], count: neuronCount)
        start(.init(repeating: LaneState(voltage: .zero, current: .zero), count: neuronCount))
    }

    deinit {
        states.deallocate()
        drives.deallocate()
        heldUntil.deallocate()
        nextArrivals.deallocate()
    }

    func start(_ states: [LaneState]) {
        for neuron in 0..<neuronCount { self.states[neuron] = states[neuron] }
        drives.initialize(repeating: .zero, count: neuronCount)
        heldUntil.initialize(repeating: Lanes(repeating: -.infinity), count: neuronCount)
        nextArrivals.initialize(repeating: Lanes(repeating: .infinity), count: neuronCount)
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
        let bound = bounds[problem.modelIndex(neuron: neuron)][baseLevel]
        for cell in 0..<window.count(level: baseLevel) {
            let before = states[neuron]
            let busy = glide(neuron, bound, cell: cell, window: window)
            if busy.isAnySet {
                for lane in 0..<8 where busy[lane] {
                    var walk = walk(neuron, lane: lane, from: before, window: window)
                    pass(&walk, cell: cell)
                    if !walk.spikes.isEmpty { spikeLists[8 * neuron + lane] += walk.spikes }
                    keep(walk, neuron: neuron)
                }
            }
            record(states[neuron], of: neuron, endTick: window.start + (cell + 1) * ticks, window: window)
        }
        for (lane, first) in firstSpikes.enumerated() {
            for spike in spikeLists[8 * neuron + lane][first...] {
                for synapse in network.outgoing[neuron] {
                    receive(synapse.arrival(of: spike), neuron: synapse.target, lane: lane)
                }
            }
        }
    }

    /// Takes a cell as if nothing happened in it; the result has the lanes in which something may.
    @inline(__always)
    private func glide(_ neuron: Int, _ bound: CrossingBound, cell: Int, window: NoiseWindow) -> LaneMask {
        let startTick = window.start + cell * TimeGrid.ticks(level: baseLevel)
        let endTime = window.grid.time(startTick + TimeGrid.ticks(level: baseLevel))
        let suspects = bound.advance(
            &states[neuron], drive: drives[neuron], noise: window.cells(level: baseLevel)[cell])
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
        splitCells += walk.splitCells
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
        let before = Array(UnsafeBufferPointer(start: states, count: neuronCount))
        let busy = windows.indices.map {
            glide($0, bounds[problem.modelIndex(neuron: $0)][baseLevel], cell: cell, window: windows[$0])
        }
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
