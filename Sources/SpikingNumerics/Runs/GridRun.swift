/// A grid integrator at work.
///
/// A jump inside a step acts on a neuron through what it has done by the end of that step.  The equations are linear
/// between spikes, so these effects add up and wait, summed by step, until the neuron takes the step.
///
/// A neuron that is released from its refractory period inside a step takes that part of the step's change that is left
/// of the step.
final class GridRun<Step: Scheme, Rule: SpikeRule>: Run {
    typealias Kind = GridKind<Step, Rule>

    /// `integrate(_:through:)`, as code made for this scheme and rule.
    typealias Advance = @Sendable (GridRun, Range<Int>, [NoiseWindow]) throws(SimulationError) -> Void

    private let advance: Advance
    let problem: Problem
    let network: Network
    let kinds: [Kind]
    /// Ranges of neurons of one kind each.
    let likeNeurons: [Range<Int>]
    let step: Double
    let level: Int
    let neuronCount: Int

    // One value per neuron.  They are touched in every step; arrays in a class would be checked for exclusive access and
    // unique reference each time.
    let states: UnsafeMutablePointer<LaneState>
    /// Where the step being taken began, where all neurons take it together.
    let starts: UnsafeMutablePointer<LaneState>
    /// What has been added to each neuron's μ.
    let drives: UnsafeMutablePointer<Lanes>
    let receptors: ReceptorStates
    /// What V felt beside I and the model's μ where the step being taken began: what has been added to μ, and receptors' currents.
    let pushes: UnsafeMutablePointer<Lanes>
    /// Whether there can be any.
    let hasPushes: Bool
    /// What came to each neuron in the step being taken.
    let letters: UnsafeMutablePointer<PendingInputs.Letter>
    /// End of each neuron's refractory period, ms.
    let heldUntil: UnsafeMutablePointer<Lanes>

    // A run belongs to one thread, and nothing it calls comes back to it.
    @exclusivity(unchecked) var mail: PendingInputs
    @exclusivity(unchecked) var flights = SpikesInFlight()
    /// The first step that `mail` has no place for yet.
    @exclusivity(unchecked) private(set) var horizon = 0
    /// Of the simulation, in ms.
    @exclusivity(unchecked) private(set) var end = Double.infinity
    /// What names the noise of the paths.
    @exclusivity(unchecked) private(set) var source: (generator: Philox, firstPath: UInt32) = (
        Philox(key: [0, 0]), 0
    )
    @exclusivity(unchecked) var spikeLists: [[Spike]]
    /// What the spikes of an instant send, and who has to be looked at for it.
    @exclusivity(unchecked) var deliveries: [(target: Int, arrival: Arrival)] = []
    @exclusivity(unchecked) var touched: [Int] = []
    let isTouched: UnsafeMutablePointer<Bool>
    @exclusivity(unchecked) var lastReceptorResponse = RememberedResponse()
    /// What was left of a difference in V, when last asked for.
    @exclusivity(unchecked) var lastDecay = (elapsed: Double.nan, model: -1, decay: 1.0)
    /// Who may fire in the step that all neurons take together, on each path.
    @exclusivity(unchecked) var suspects = [[Int]](repeating: [], count: 8)
    @exclusivity(unchecked) private var records: VoltageRecords
    /// Of the window.
    @exclusivity(unchecked) private var points = RecordPoints()

    init(problem: Problem, forest: BrownianForest, level: Int, advance: @escaping Advance) {
        self.advance = advance
        self.problem = problem
        network = problem.network
        step = forest.width(level: level)
        kinds = problem.models.map { [step] in Kind($0, step: step, content: forest.content) }
        likeNeurons = problem.likeNeurons
        self.level = level
        neuronCount = problem.network.neuronCount
        states = .allocate(capacity: neuronCount)
        starts = .allocate(capacity: neuronCount)
        drives = .allocate(capacity: neuronCount)
        receptors = ReceptorStates(problem)
        pushes = .allocate(capacity: neuronCount)
        letters = .allocate(capacity: neuronCount)
        heldUntil = .allocate(capacity: neuronCount)
        isTouched = .allocate(capacity: neuronCount)
        isTouched.initialize(repeating: false, count: neuronCount)
        spikeLists = .init(repeating: [], count: 8 * neuronCount)
        records = VoltageRecords(neuronCount: neuronCount)
        mail = PendingInputs(problem)
        hasPushes = receptors.count > 0 || mail.hasOther
        start(.init(repeating: LaneState(voltage: .zero, current: .zero), count: neuronCount))
    }

    deinit {
        states.deallocate()
        starts.deallocate()
        drives.deallocate()
        receptors.deallocate()
        pushes.deallocate()
        letters.deallocate()
        heldUntil.deallocate()
        isTouched.deallocate()
        records.deallocate()
        mail.deallocate()
    }

    func start(_ states: [LaneState]) {
        for neuron in 0..<neuronCount { self.states[neuron] = states[neuron] }
        starts.initialize(from: self.states, count: neuronCount)
        drives.initialize(repeating: .zero, count: neuronCount)
        receptors.clear()
        pushes.initialize(repeating: .zero, count: neuronCount)
        letters.initialize(repeating: .init(), count: neuronCount)
        heldUntil.initialize(repeating: Lanes(repeating: -.infinity), count: neuronCount)
        for k in spikeLists.indices { spikeLists[k].removeAll(keepingCapacity: true) }
        mail.clear()
        flights.removeAll()
        horizon = 0
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
        points = windows[0].recordPoints(level: level)
        records.begin(count: points.count)
        horizon = points.steps.lowerBound + PendingInputs.stepsAhead(window: points.steps.count)
        end = windows[0].simulationEnd + step
        source = (windows[0].source.generator, windows[0].source.firstPath)
        flights.land(in: network, end: end, isDue: isNear) { post($0, to: $1, lane: $2) }
        for neuron in windows.indices where mail.reaches(neuron) {
            for lane in windows[neuron].arrivals.indices {
                for arrival in windows[neuron].arrivals[lane] { post(arrival, to: neuron, lane: lane) }
            }
        }
    }

    func advance(_ neurons: Range<Int>, through windows: [NoiseWindow]) throws(SimulationError) {
        try advance(self, neurons, windows)
    }

    @inline(__always)
    func integrate(_ neurons: Range<Int>, through windows: [NoiseWindow]) throws(SimulationError) {
        try windows.withUnsafeBufferPointer { (windows) throws(SimulationError) in
            try integrate(neurons, through: windows)
        }
    }

    @inline(__always)
    private func integrate(
        _ neurons: Range<Int>, through windows: UnsafeBufferPointer<NoiseWindow>
    ) throws(SimulationError) {
        let points = points
        if network.isFeedforward(within: windows[0].duration) {
            for neuron in neurons {
                advance(
                    neuron: neuron, noise: windows[neuron].cells(level: level), steps: points.steps,
                    records: points, into: records[neuron])
            }
        } else {
            for k in points.steps {
                try advanceTogether(through: windows, step: k)
                guard let place = points.place(after: k) else { continue }
                for neuron in windows.indices { records[neuron][place] = states[neuron].voltage }
            }
        }
    }
}

/// Which of a window's steps end at a record point.
struct RecordPoints {
    /// Base-2 logarithm of the number of steps from one to the next.
    private(set) var shift = 0
    /// Counted from time 0.
    private(set) var steps = 0..<0

    init() {}

    /// - Parameters:
    ///   - window: In ticks.
    ///   - interval: Between record points, in ticks; where steps are longer, each ends at one.
    ///   - level: That of the steps.
    init(_ window: Range<Int>, interval: Int, level: Int) {
        let ticks = TimeGrid.ticks(level: level)
        shift = max(1, interval / ticks).trailingZeroBitCount
        let first = window.lowerBound / ticks
        steps = first..<first + window.count / ticks
    }

    var stride: Int { 1 << shift }

    /// How many there are up to the end of a step; for the last step, in all.
    func count(through step: Int) -> Int { (step + 1) >> shift - steps.lowerBound >> shift }

    var count: Int { count(through: steps.upperBound - 1) }

    /// The number in the window of the record point at the end of a step.
    func place(after step: Int) -> Int? {
        (step + 1) & (stride - 1) == 0 ? count(through: step) - 1 : nil
    }
}
