/// The event-driven reference at work.
final class ExactEventRun<Bound: CellBound>: SplittingRun {
    /// `integrate(_:through:)`, as code made for this bound; a method reached through `any Run` would call the bound through a witness
    /// table in every cell.
    typealias Advance = @Sendable (ExactEventRun, Range<Int>, [NoiseWindow]) throws(SimulationError) -> Void

    private let advance: Advance
    let problem: Problem
    let network: Network
    let baseLevel: Int
    private let leafLevel: Int
    let neuronCount: Int
    /// For each model one propagator with its bound per level of the tree.
    private let bounds: UnsafeMutableBufferPointer<Bound>
    private let models: UnsafeMutableBufferPointer<NeuronModel>
    /// For each model one per level of the tree; none where there are no receptors.
    private let receptorCells: UnsafeMutableBufferPointer<ReceptorCell>
    /// Whether any neuron is ever refractory.
    let hasRefractoriness: Bool

    // One value per neuron.  They are touched in every cell; arrays in a class would be checked for exclusive access and
    // unique reference each time.
    @exclusivity(unchecked) var states: UnsafeMutablePointer<LaneState>
    /// Where each neuron was when the cell began, where all take it together.
    @exclusivity(unchecked) var starts: UnsafeMutablePointer<LaneState>
    /// On which paths each neuron may cross the threshold in that cell, a bit each.
    let suspects: UnsafeMutablePointer<UInt8>
    /// What each neuron's receptors hold, and held when the cell began.
    let receptors, receptorStarts: ReceptorStates
    /// Ranges of neurons of one model each.
    let likeNeurons: [Range<Int>]
    /// What has been added to each neuron's μ.
    let drives: UnsafeMutablePointer<Lanes>
    /// End of each neuron's refractory period, ms.
    let heldUntil: UnsafeMutablePointer<Lanes>
    /// When the next arrival of each neuron is due, ms.
    let nextArrivals: UnsafeMutablePointer<Lanes>
    /// The earliest of them on any path.
    let earliestArrivals: UnsafeMutablePointer<Double>
    // A run belongs to one thread, and nothing it calls comes back to it.
    /// For each neuron and lane, the latest first.
    @exclusivity(unchecked) var arrivals: [[Arrival]]
    @exclusivity(unchecked) var spikeLists: [[Spike]]
    @exclusivity(unchecked) private var records: VoltageRecords
    /// Of the window.
    @exclusivity(unchecked) private var points = RecordPoints()
    /// Of the simulation, in ms.
    @exclusivity(unchecked) private(set) var end = Double.infinity
    @exclusivity(unchecked) private(set) var splitCells = 0
    /// Who does something in the cell that all neurons take together.
    @exclusivity(unchecked) var cascade: Cascade<Bound>
    /// What was left of a difference in V, when last asked for.
    @exclusivity(unchecked) var lastDecay:
        (elapsed: Double, model: UnsafePointer<NeuronModel>?, decay: Double) = (
            .nan, nil, 1
        )
    @exclusivity(unchecked) var lastReceptorResponse = RememberedResponse()
    /// Neurons that have received something at the instant that is dealt with.
    @exclusivity(unchecked) var pending: [Int] = []

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
        models = .allocate(capacity: problem.models.count)
        _ = models.initialize(fromContentsOf: problem.models)
        (receptors, receptorStarts) = (ReceptorStates(problem), ReceptorStates(problem))
        let cells =
            receptors.count == 0
            ? []
            : problem.models.flatMap { model in
                (0...BrownianTree.depth).map { ReceptorCell(model, width: forest.width(level: $0)) }
            }
        receptorCells = .allocate(capacity: cells.count)
        _ = receptorCells.initialize(fromContentsOf: cells)
        hasRefractoriness = problem.models.contains { $0.refractoryPeriod > 0 }
        neuronCount = problem.network.neuronCount
        cascade = Cascade(neurons: neuronCount)
        states = .allocate(capacity: neuronCount)
        starts = .allocate(capacity: neuronCount)
        suspects = .allocate(capacity: neuronCount)
        likeNeurons = problem.likeNeurons
        drives = .allocate(capacity: neuronCount)
        earliestArrivals = .allocate(capacity: neuronCount)
        heldUntil = .allocate(capacity: neuronCount)
        nextArrivals = .allocate(capacity: neuronCount)
        arrivals = .init(repeating: [], count: 8 * neuronCount)
        spikeLists = .init(repeating: [], count: 8 * neuronCount)
        records = VoltageRecords(neuronCount: neuronCount)
        start(.init(repeating: LaneState(voltage: .zero, current: .zero), count: neuronCount))
    }

    deinit {
        bounds.deallocate()
        models.deinitialize()
        models.deallocate()
        receptorCells.deallocate()
        receptors.deallocate()
        receptorStarts.deallocate()
        states.deallocate()
        starts.deallocate()
        suspects.deallocate()
        earliestArrivals.deallocate()
        cascade.deallocate()
        drives.deallocate()
        heldUntil.deallocate()
        nextArrivals.deallocate()
        records.deallocate()
    }

    func start(_ states: [LaneState]) {
        for neuron in 0..<neuronCount { self.states[neuron] = states[neuron] }
        receptors.clear()
        drives.initialize(repeating: .zero, count: neuronCount)
        heldUntil.initialize(repeating: Lanes(repeating: -.infinity), count: neuronCount)
        nextArrivals.initialize(repeating: Lanes(repeating: .infinity), count: neuronCount)
        earliestArrivals.initialize(repeating: .infinity, count: neuronCount)
        for k in spikeLists.indices {
            spikeLists[k].removeAll(keepingCapacity: true)
            arrivals[k].removeAll(keepingCapacity: true)
        }
    }

    func state(neuron: Int) -> LaneState { states[neuron] }

    func setState(_ state: LaneState, neuron: Int) { states[neuron] = state }

    func receptors(neuron: Int) -> [Lanes] { receptors.array(neuron) }

    func setReceptors(_ lanes: [Lanes], neuron: Int) { receptors.set(lanes, neuron: neuron) }

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
                try advanceTogether(cell: k - points.steps.lowerBound, of: windows)
                guard let place = points.place(after: k) else { continue }
                for neuron in windows.indices { records[neuron][place] = states[neuron].voltage }
            }
        }
    }

    /// One per level of the tree.
    func bounds(neuron: Int) -> UnsafePointer<Bound> {
        UnsafePointer(bounds.baseAddress! + problem.modelIndex(neuron: neuron) * (BrownianTree.depth + 1))
    }

    func model(neuron: Int) -> UnsafePointer<NeuronModel> {
        UnsafePointer(models.baseAddress! + problem.modelIndex(neuron: neuron))
    }

    /// One per level of the tree; nil without receptors.
    func receptorCells(neuron: Int) -> UnsafePointer<ReceptorCell>? {
        guard receptors.count > 0 else { return nil }
        return UnsafePointer(
            receptorCells.baseAddress! + problem.modelIndex(neuron: neuron) * (BrownianTree.depth + 1))
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
            // Receptors' currents change from cell to cell.
            let quiet =
                receptors.count > 0 ? 0 : quietCells(neuron, among: k..<cells.upperBound, grid: window.grid)
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
            let startTick = startTick(of: cell, in: window)
            let (start, end) = (
                window.grid.time(startTick), window.grid.time(startTick + TimeGrid.ticks(level: baseLevel))
            )
            for lane in busy {
                let effect = effect(on: neuron, lane: lane, before: end)
                if absorbs(neuron, lane: lane, from: before, start: start, lift: effect.highest) {
                    absorb(effect, neuron, lane: lane)
                    continue
                }
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
        let next = earliestArrivals[neuron]
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
        let suspects = advance(neuron, bound, noise: noise)
        return suspects .| (nextArrivals[neuron] .< endTime)
            .| (heldUntil[neuron] .> window.grid.time(startTick))
    }

    /// Takes one neuron's cell without events; the result has the lanes that may cross the threshold in it.
    @inline(__always)
    func advance(_ neuron: Int, _ bound: Bound, noise: CellNoise) -> LaneMask {
        guard let cells = receptorCells(neuron: neuron) else {
            return bound.advance(&states[neuron], drive: drives[neuron], lift: .zero, noise: noise)
        }
        let own = receptors[neuron]
        for k in 0..<receptors.width { receptorStarts[neuron][k] = own[k] }
        let lift = cells[baseLevel].lift(own, count: receptors.count, width: receptors.width)
        let found = bound.advance(
            &states[neuron], drive: drives[neuron] + receptors.push(neuron), lift: lift, noise: noise)
        states[neuron].voltage += receptors.advance(neuron, cells[baseLevel].steps)
        return found
    }

    /// Takes over the neuron's arrivals, which `keep` gives back.
    func walk(
        _ neuron: Int, lane: Int, from state: LaneState, cell: Int, window: NoiseWindow
    ) -> CellWalk<Bound> {
        let k = 8 * neuron + lane
        var taken: [Arrival] = []
        swap(&taken, &arrivals[k])
        return CellWalk<Bound>(
            bounds: bounds(neuron: neuron), leafLevel: leafLevel,
            receptorCells: receptorCells(neuron: neuron), models: model(neuron: neuron),
            grid: window.grid, splitter: window.tree.splitter, source: window.source,
            stream: window.place(level: baseLevel, tick: startTick(of: cell, in: window)).stream,
            lane: lane, voltage: state.voltage[lane], current: state.current[lane],
            receptors: receptors.count > 0 ? receptorStarts.currents(neuron, lane: lane) : .init(),
            drive: drives[neuron][lane], heldUntil: heldUntil[neuron][lane], arrivals: taken)
    }

    func pass(_ walk: inout CellWalk<Bound>, cell: Int, of window: NoiseWindow) {
        let tick = startTick(of: cell, in: window)
        walk.pass(
            level: baseLevel, index: window.place(level: baseLevel, tick: tick).index, startTick: tick,
            noise: window.cells(level: baseLevel).lanes(from: cell))
    }

    func startTick(of cell: Int, in window: NoiseWindow) -> Int {
        window.start + cell * TimeGrid.ticks(level: baseLevel)
    }

    func keep(_ walk: consuming CellWalk<Bound>, neuron: Int) {
        let lane = walk.lane
        splitCells += walk.splitCells
        states[neuron].voltage[lane] = walk.voltage
        states[neuron].current[lane] = walk.current
        drives[neuron][lane] = walk.drive
        if receptors.count > 0 { receptors.set(walk.receptors, neuron: neuron, lane: lane) }
        heldUntil[neuron][lane] = walk.heldUntil
        arrivals[8 * neuron + lane] = walk.arrivals
        turnToNextArrival(neuron, lane: lane)
    }
}
