/// The event-driven reference at work.
final class ExactEventRun<Bound: CellBound>: SplittingRun {
    /// `integrate(_:through:)`, as code made for this bound; a method reached through `any Run` would call the bound through a witness
    /// table in every cell.
    typealias Advance = @Sendable (ExactEventRun, Range<Int>, [NoiseWindow]) throws(SimulationError) -> Void

    private let advance: Advance
    private let problem: Problem
    private let network: Network
    private let baseLevel, leafLevel: Int
    private let neuronCount: Int
    /// For each model one propagator with its bound per level of the tree.
    private let bounds: UnsafeMutableBufferPointer<Bound>

    // One value per neuron.  They are touched in every cell; arrays in a class would be checked for exclusive access and
    // unique reference each time.
    private let states: UnsafeMutablePointer<LaneState>
    /// What has been added to each neuron's μ.
    private let drives: UnsafeMutablePointer<Lanes>
    /// End of each neuron's refractory period, ms.
    private let heldUntil: UnsafeMutablePointer<Lanes>
    /// When the next arrival of each neuron is due, ms.
    private let nextArrivals: UnsafeMutablePointer<Lanes>
    // A run belongs to one thread, and nothing it calls comes back to it.
    /// For each neuron and lane, the latest first.
    @exclusivity(unchecked) private var arrivals: [[Arrival]]
    @exclusivity(unchecked) private var spikeLists: [[Spike]]
    @exclusivity(unchecked) private var records: VoltageRecords
    /// Of the window.
    @exclusivity(unchecked) private var points = RecordPoints()
    /// Of the simulation, in ms.
    @exclusivity(unchecked) private var end = Double.infinity
    @exclusivity(unchecked) private(set) var splitCells = 0

    init(problem: Problem, forest: BrownianForest, baseLevel: Int, advance: @escaping Advance) {
        self.advance = advance
        self.problem = problem
        network = problem.network
        self.baseLevel = baseLevel
        leafLevel = Bound.leafLevel(problem, forest: forest, baseLevel: baseLevel)
        bounds = .allocate(capacity: problem.models.count * (BrownianTree.depth + 1))
        _ = bounds.initialize(
            fromContentsOf: problem.models.flatMap { model in
                (0...BrownianTree.depth).map { Bound(model: model, width: forest.width(level: $0)) }
            })
        neuronCount = problem.network.neuronCount
        states = .allocate(capacity: neuronCount)
        drives = .allocate(capacity: neuronCount)
        heldUntil = .allocate(capacity: neuronCount)
        nextArrivals = .allocate(capacity: neuronCount)
        arrivals = .init(repeating: [], count: 8 * neuronCount)
        spikeLists = .init(repeating: [], count: 8 * neuronCount)
        records = VoltageRecords(neuronCount: neuronCount)
        start(.init(repeating: LaneState(voltage: .zero, current: .zero), count: neuronCount))
    }

    deinit {
        bounds.deallocate()
        states.deallocate()
        drives.deallocate()
        heldUntil.deallocate()
        nextArrivals.deallocate()
        records.deallocate()
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

    var recordedVoltages: [[Lanes]] { records.arrays }

    func withRecordedVoltages(neuron: Int, _ body: (UnsafeBufferPointer<Lanes>) -> Void) {
        body(UnsafeBufferPointer(records[neuron]))
    }

    func begin(_ windows: [NoiseWindow]) {
        points = windows[0].recordPoints(level: baseLevel)
        records.begin(count: points.count)
        end = windows[0].simulationEnd
        for (neuron, window) in windows.enumerated() {
            for lane in window.arrivals.indices {
                for arrival in window.arrivals[lane] { receive(arrival, neuron: neuron, lane: lane) }
            }
        }
    }

    func advance(_ neurons: Range<Int>, through windows: [NoiseWindow]) throws(SimulationError) {
        try advance(self, neurons, windows)
    }

    @inline(__always)
    func integrate(_ neurons: Range<Int>, through windows: [NoiseWindow]) throws(SimulationError) {
        if network.isFeedforward(within: windows[0].duration) {
            for neuron in neurons { advance(neuron: neuron, through: windows[neuron], records: points) }
        } else {
            for k in points.steps {
                try advance(cell: k - points.steps.lowerBound, of: windows)
                guard let place = points.place(after: k) else { continue }
                for neuron in windows.indices { records[neuron][place] = states[neuron].voltage }
            }
        }
    }

    /// One per level of the tree.
    private func bounds(neuron: Int) -> UnsafePointer<Bound> {
        UnsafePointer(bounds.baseAddress! + problem.modelIndex(neuron: neuron) * (BrownianTree.depth + 1))
    }

    // MARK: One neuron through a window

    private func advance(neuron: Int, through window: NoiseWindow, records points: RecordPoints) {
        let firstSpikes =
            network.outgoing[neuron].isEmpty ? [] : (0..<8).map { spikeLists[8 * neuron + $0].count }
        advance(neuron: neuron, through: window, records: points, into: records[neuron])
        for (lane, first) in firstSpikes.enumerated() {
            for spike in spikeLists[8 * neuron + lane][first...] {
                for synapse in network.outgoing[neuron] {
                    receive(synapse.arrival(of: spike), neuron: synapse.target, lane: lane)
                }
            }
        }
    }

    private func advance(
        neuron: Int, through window: NoiseWindow, records: RecordPoints,
        into recorded: UnsafeMutableBufferPointer<Lanes>
    ) {
        let bound = bounds(neuron: neuron) + baseLevel
        let noise = window.cells(level: baseLevel)
        let cells = records.steps
        var k = cells.lowerBound
        while k < cells.upperBound {
            let quiet = quietCells(neuron, among: k..<cells.upperBound, grid: window.grid)
            var before = states[neuron]
            var busy = LaneSet()
            if quiet > 0 {
                let place = records.count(through: k - 1)
                let taken = bound.pointee.advance(
                    states + neuron, drive: drives + neuron, noise: noise.doubles(from: k - cells.lowerBound),
                    functionals: window.content.functionalCount, count: quiet, first: k,
                    stride: records.stride, before: &before, suspects: &busy,
                    into: recorded.baseAddress.map { $0 + place })
                k += taken
                if taken == quiet { continue }
            }
            let cell = k - cells.lowerBound
            if quiet == 0 {
                busy = LaneSet(glide(neuron, bound.pointee, cell: cell, noise: noise[cell], window: window))
            }
            for lane in busy {
                var walk = walk(neuron, lane: lane, from: before, cell: cell, window: window)
                pass(&walk, cell: cell, of: window)
                if !walk.spikes.isEmpty { spikeLists[8 * neuron + lane] += walk.spikes }
                keep(walk, neuron: neuron)
            }
            if let place = records.place(after: k) { recorded[place] = states[neuron].voltage }
            k += 1
        }
    }

    /// In how many of the next cells nothing arrives and no path is refractory.
    ///
    /// - Parameter cells: Counted from time 0.
    private func quietCells(_ neuron: Int, among cells: Range<Int>, grid: TimeGrid) -> Int {
        let ticks = TimeGrid.ticks(level: baseLevel)
        let held = heldUntil[neuron] .> grid.time(cells.lowerBound * ticks)
        guard !held.isAnySet else { return 0 }
        let next = nextArrivals[neuron].min()
        guard next < grid.time(cells.upperBound * ticks) else { return cells.count }
        // The cell in which the arrival falls, up to rounding.
        var quiet = Int(next / grid.time(ticks)) - cells.lowerBound
        while quiet > 0, grid.time((cells.lowerBound + quiet) * ticks) > next { quiet -= 1 }
        return max(0, quiet)
    }

    /// Takes a cell as if nothing happened in it; the result has the lanes in which something may.
    @inline(__always)
    private func glide(
        _ neuron: Int, _ bound: Bound, cell: Int, noise: CellNoise, window: NoiseWindow
    ) -> LaneMask {
        let startTick = startTick(of: cell, in: window)
        let endTime = window.grid.time(startTick + TimeGrid.ticks(level: baseLevel))
        let suspects = bound.advance(&states[neuron], drive: drives[neuron], noise: noise)
        return suspects .| (nextArrivals[neuron] .< endTime)
            .| (heldUntil[neuron] .> window.grid.time(startTick))
    }

    /// Takes over the neuron's arrivals, which `keep` gives back.
    private func walk(
        _ neuron: Int, lane: Int, from state: LaneState, cell: Int, window: NoiseWindow
    ) -> CellWalk<Bound> {
        let k = 8 * neuron + lane
        var taken: [Arrival] = []
        swap(&taken, &arrivals[k])
        return CellWalk<Bound>(
            bounds: bounds(neuron: neuron), leafLevel: leafLevel, model: problem.model(neuron: neuron),
            grid: window.grid, splitter: window.tree.splitter, source: window.source,
            stream: window.place(level: baseLevel, tick: startTick(of: cell, in: window)).stream,
            lane: lane, voltage: state.voltage[lane], current: state.current[lane],
            drive: drives[neuron][lane],
            heldUntil: heldUntil[neuron][lane], arrivals: taken)
    }

    private func pass(_ walk: inout CellWalk<Bound>, cell: Int, of window: NoiseWindow) {
        let tick = startTick(of: cell, in: window)
        walk.pass(
            level: baseLevel, index: window.place(level: baseLevel, tick: tick).index, startTick: tick,
            noise: window.cells(level: baseLevel).lanes(from: cell))
    }

    private func startTick(of cell: Int, in window: NoiseWindow) -> Int {
        window.start + cell * TimeGrid.ticks(level: baseLevel)
    }

    private func keep(_ walk: consuming CellWalk<Bound>, neuron: Int) {
        let lane = walk.lane
        splitCells += walk.splitCells
        states[neuron].voltage[lane] = walk.voltage
        states[neuron].current[lane] = walk.current
        drives[neuron][lane] = walk.drive
        heldUntil[neuron][lane] = walk.heldUntil
        arrivals[8 * neuron + lane] = walk.arrivals
        nextArrivals[neuron][lane] = arrivals[8 * neuron + lane].last?.time ?? .infinity
    }

    /// Puts an arrival where its time belongs, if that comes.
    private func receive(_ arrival: Arrival, neuron: Int, lane: Int) {
        guard arrival.time <= end else { return }
        arrivals[8 * neuron + lane].insertInOrder(arrival)
        nextArrivals[neuron][lane] = min(nextArrivals[neuron][lane], arrival.time)
    }

    // MARK: All neurons through a cell, event by event

    private func advance(cell: Int, of windows: [NoiseWindow]) throws(SimulationError) {
        let before = Array(UnsafeBufferPointer(start: states, count: neuronCount))
        let busy = windows.indices.map {
            glide(
                $0, (bounds(neuron: $0) + baseLevel).pointee, cell: cell,
                noise: windows[$0].cells(level: baseLevel)[cell], window: windows[$0])
        }
        for lane in 0..<8 {
            let busyNeurons = windows.indices.filter { busy[$0][lane] }
            guard !busyNeurons.isEmpty else { continue }
            var cascade = Cascade<Bound>(
                network: network,
                end: windows[0].grid.time(windows[0].start + (cell + 1) * TimeGrid.ticks(level: baseLevel)),
                begin: { [self] in walk($0, lane: lane, from: before[$0], cell: cell, window: windows[$0]) },
                pass: { [self] in pass(&$0, cell: cell, of: windows[$0.source.neuron]) })
            try cascade.run(startingWith: busyNeurons)
            for (neuron, walk, spikes) in cascade.outcomes {
                keep(walk, neuron: neuron)
                spikeLists[8 * neuron + lane] += spikes
            }
            for (arrival, target) in cascade.later { receive(arrival, neuron: target, lane: lane) }
        }
    }
}
