#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs of many integrators and steps, and of a reference, on the same Brownian paths, eight paths at a time.
///
/// Time advances window by window.  In each, neuron by neuron, the tree is refined once as far as the finest run needs
/// it, and every run takes its steps from the same buffer: the buffer stays in cache and no path is ever stored.
public final class CoupledSimulation {
    /// An integrator with the level of the tree whose cells are its steps.
    public struct Participant: Sendable {
        public var integrator: any Integrator
        public var level: Int

        public init(_ integrator: any Integrator, level: Int) {
            self.integrator = integrator
            self.level = level
        }
    }

    /// A run beside its twin, which starts a small distance away and sees the same noise.
    public struct TwinGrowth: Sendable {
        /// Σ log(distance/size) over all renormalisations so far, on each path.
        public var logGrowth = Lanes.zero
        /// When the last of them was, in ms.
        public var time = Lanes.zero
    }

    public let problem: Problem
    public let tree: BrownianTree
    public let reference: any Run
    public let tested: [any Run]
    /// For each run, the reference first, how its twin has fared; empty without twins.
    public private(set) var twinGrowth: [TwinGrowth] = []
    /// Σ over record points of (V - V of the reference)², for each tested run and neuron.
    public private(set) var squaredErrors: [[Lanes]]
    /// How many record points that sum has, for each tested run.
    public private(set) var recordCounts: [Int]

    private let participants: [Participant]
    private let twins: [any Run]
    private let twinSize: Double
    private let levels: (window: Int, finest: Int)
    private let durationTicks: Int
    private let grid: TimeGrid
    private let pathNoise, burnInNoise: Philox
    private let cells: UnsafeMutableBufferPointer<CellNoise>

    private let recordLevel: Int

    /// Record points usually lie a quarter of a root cell apart, or a step apart where the step is longer.
    public static let usualRecordLevel = 2

    /// - Parameters:
    ///   - twinSize: Distance at which twins start and are renormalised to, in V-units; nil for no twins.
    ///   - recordLevel: The level of the tree whose cells end at record points.
    /// - Precondition: the duration is a whole number of every participant's steps.
    public init(
        problem: Problem, tree: BrownianTree, reference: Participant, tested: [Participant], seed: UInt64,
        twinSize: Double? = nil, recordLevel: Int = CoupledSimulation.usualRecordLevel
    ) {
        self.problem = problem
        self.tree = tree
        self.recordLevel = recordLevel
        participants = [reference] + tested
        let coarsest = participants.map(\.level).min()!
        let finest = participants.map(\.level).max()!
        guard let ticks = TimeGrid(rootCell: tree.rootCell).ticks(duration: problem.duration, level: coarsest)
        else {
            preconditionFailure("the duration is not a whole number of steps")
        }
        grid = TimeGrid(rootCell: tree.rootCell)
        durationTicks = ticks
        // A window of 2^8 finest cells fits the second-level cache; it must hold a whole coarsest step.
        levels = (max(0, min(coarsest, finest - 8)), finest)
        pathNoise = Philox(seed: seed, purpose: .pathNoise)
        burnInNoise = Philox(seed: seed, purpose: .burnInNoise)
        let runs = participants.map { $0.integrator.makeRun(problem: problem, tree: tree, level: $0.level) }
        self.reference = runs[0]
        self.tested = Array(runs.dropFirst())
        twins =
            twinSize == nil
            ? []
            : participants.map {
                $0.integrator.makeRun(problem: problem, tree: tree, level: $0.level)
            }
        self.twinSize = twinSize ?? 0
        squaredErrors = []
        recordCounts = []
        cells = .allocate(capacity: 2 << (levels.finest - levels.window))
    }

    deinit { cells.deallocate() }

    /// Simulates the paths `firstPath` ..< `firstPath` + 8 from time 0 to the duration.
    public func run(firstPath: Int) { run(firstPath: firstPath, observer: nil) }

    /// - Parameter observer: Called after each window of each neuron with the neuron and the window's start and end.
    private func run(firstPath: Int, observer: ((Int, Int, Int) -> Void)?) {
        let states = initialStates(firstPath: firstPath)
        reference.start(states)
        tested.forEach { $0.start(states) }
        squaredErrors = tested.map { _ in [Lanes](repeating: .zero, count: states.count) }
        recordCounts = tested.map { _ in 0 }
        startTwins(states)

        let windowTicks = TimeGrid.ticks(level: levels.window)
        var start = 0
        while start < durationTicks {
            let end = min(start + windowTicks, durationTicks)
            for neuron in 0..<problem.network.neuronCount {
                let window = window(pathNoise, from: start, to: end, neuron: neuron, firstPath: firstPath)
                reference.advance(neuron: neuron, through: window)
                for run in tested { run.advance(neuron: neuron, through: window) }
                for twin in twins { twin.advance(neuron: neuron, through: window) }
                compareRecords(neuron: neuron, from: start, to: end)
                observer?(neuron, start, end)
            }
            start = end
            if start % TimeGrid.ticksPerRootCell == 0 || start == durationTicks {
                renormaliseTwins(at: start)
            }
        }
    }

    /// The noise of one neuron in one window, refined to the finest level.
    private func window(
        _ generator: Philox, from start: Int, to end: Int, neuron: Int, firstPath: Int
    ) -> NoiseWindow {
        let stream = BrownianTree.Stream(
            generator, firstPath: UInt32(firstPath), neuron: neuron,
            rootCell: start / TimeGrid.ticksPerRootCell)
        let index = start % TimeGrid.ticksPerRootCell / TimeGrid.ticks(level: levels.window)
        tree.refine(
            stream, level: levels.window, index: index, depth: levels.finest - levels.window, into: cells)
        return NoiseWindow(
            tree: tree, stream: stream, level: levels.window, index: index,
            cells: UnsafePointer(cells.baseAddress!),
            start: start, end: end, recordInterval: TimeGrid.ticks(level: recordLevel), grid: grid)
    }

    /// Adds up the squared differences at the record points of the window.
    private func compareRecords(neuron: Int, from start: Int, to end: Int) {
        let interval = TimeGrid.ticks(level: recordLevel)
        let exact = reference.recordedVoltages
        for (k, run) in tested.enumerated() {
            // A step longer than the interval meets every stride-th point only.
            let stride = max(1, TimeGrid.ticks(level: participants[k + 1].level) / interval)
            let first = stride - 1 - start / interval % stride
            let recorded = run.recordedVoltages
            var sum = Lanes.zero
            for (j, voltage) in recorded.enumerated() where first + j * stride < exact.count {
                let difference = voltage - exact[first + j * stride]
                sum += difference * difference
            }
            squaredErrors[k][neuron] += sum
            if neuron == 0 { recordCounts[k] += recorded.count }
        }
    }

    // MARK: Traces

    /// A point of a drawn path: ms and V-units.
    public struct TracePoint: Hashable, Sendable {
        public var time: Double
        public var voltage: Double

        public init(time: Double, voltage: Double) {
            self.time = time
            self.voltage = voltage
        }
    }

    /// V of one neuron on one path at the record points inside an interval (ms), by the reference and by the first
    /// tested run.
    public func recordTrace(
        path: Int, neuron: Int, within shown: ClosedRange<Double>
    ) -> (reference: [TracePoint], tested: [TracePoint]) {
        let lane = path % 8
        let initial = initialStates(firstPath: path - lane)[neuron].voltage[lane]
        let start = shown.contains(0) ? [TracePoint(time: 0, voltage: initial)] : []
        var traces = (reference: start, tested: start)
        let interval = TimeGrid.ticks(level: recordLevel)
        let testedInterval = max(interval, TimeGrid.ticks(level: participants[1].level))
        run(firstPath: path - lane) { [self] visited, from, _ in
            guard visited == neuron else { return }
            func append(_ voltages: [Lanes], every ticks: Int, to trace: inout [TracePoint]) {
                for (k, voltage) in voltages.enumerated() {
                    let time = grid.time((from / ticks + k + 1) * ticks)
                    if shown.contains(time) { trace.append(TracePoint(time: time, voltage: voltage[lane])) }
                }
            }
            append(reference.recordedVoltages, every: interval, to: &traces.reference)
            append(tested[0].recordedVoltages, every: testedInterval, to: &traces.tested)
        }
        return traces
    }

    // MARK: Initial states

    private func initialStates(firstPath: Int) -> [LaneState] {
        let count = problem.network.neuronCount
        switch problem.initial {
        case .fixed(let voltage, let current):
            return .init(
                repeating: LaneState(voltage: .init(repeating: voltage), current: .init(repeating: current)),
                count: count)
        case .perNeuron(let states):
            return states.map {
                LaneState(voltage: .init(repeating: $0.voltage), current: .init(repeating: $0.current))
            }
        case .stationary(let burnIn):
            return stationaryStates(firstPath: firstPath, burnIn: burnIn, count: count)
        }
    }

    /// The exact dynamics for at least `burnIn` ms, on noise of its own.
    private func stationaryStates(firstPath: Int, burnIn: Double, count: Int) -> [LaneState] {
        let level = max(
            levels.window, min(levels.finest, ExactEvent.baseLevel(model: problem.model, tree: tree)))
        let run = ExactEvent().makeRun(problem: problem, tree: tree, level: level)
        let begin = LaneState(voltage: .init(repeating: problem.model.reset), current: .zero)
        run.start(.init(repeating: begin, count: count))
        let windowTicks = TimeGrid.ticks(level: levels.window)
        let ticks = Int((burnIn / tree.rootCell).rounded(.up)) * TimeGrid.ticksPerRootCell
        for start in stride(from: 0, to: ticks, by: windowTicks) {
            for neuron in 0..<count {
                run.advance(
                    neuron: neuron,
                    through: window(
                        burnInNoise, from: start, to: start + windowTicks, neuron: neuron,
                        firstPath: firstPath))
            }
        }
        return (0..<count).map { run.state(neuron: $0) }
    }

    // MARK: Twins

    /// Twins differ in V, which decays at the slower rate, and very little in I, so that a reset on the grid cannot erase
    /// the whole difference.
    private func startTwins(_ states: [LaneState]) {
        twinGrowth = .init(repeating: TwinGrowth(), count: twins.count)
        let trace = 0x1p-10 * twinSize / problem.model.synapticTimeConstant
        let shifted = states.map {
            LaneState(voltage: $0.voltage - twinSize, current: $0.current - trace)
        }
        twins.forEach { $0.start(shifted) }
    }

    /// Measures how far each twin has gone and brings it back to `twinSize`, unless it is between two halves of a spike:
    /// while only one of the two has been reset they are a whole reset apart, and to pull them together would forget it.
    private func renormaliseTwins(at tick: Int) {
        let time = grid.time(tick)
        let farApart = 0.25 * problem.model.resetHeight * problem.model.resetHeight
        for (k, twin) in twins.enumerated() {
            let original = k == 0 ? reference : tested[k - 1]
            var growth = twinGrowth[k]
            var squared = Lanes.zero
            var apart = LaneMask(repeating: false)
            for neuron in 0..<problem.network.neuronCount {
                let difference = self.difference(twin, original, neuron)
                let squaredVoltage = difference.voltage * difference.voltage
                squared += squaredVoltage + difference.current * difference.current
                apart .|= squaredVoltage .> farApart
            }
            var factor = Lanes(repeating: 1)
            for lane in 0..<8 where !apart[lane] && squared[lane] > 0 {
                let ratio = squared[lane].squareRoot() / twinSize
                factor[lane] = 1 / ratio
                growth.logGrowth[lane] += log(ratio)
                growth.time[lane] = time
            }
            twinGrowth[k] = growth
            for neuron in 0..<problem.network.neuronCount {
                let (from, to) = (twin.state(neuron: neuron), original.state(neuron: neuron))
                twin.setState(
                    LaneState(
                        voltage: to.voltage + factor * (from.voltage - to.voltage),
                        current: to.current + factor * (from.current - to.current)),
                    neuron: neuron)
            }
        }
    }

    /// (δV, τ_s δI), both in V-units.
    private func difference(_ twin: any Run, _ original: any Run, _ neuron: Int) -> LaneState {
        let (a, b) = (twin.state(neuron: neuron), original.state(neuron: neuron))
        return LaneState(
            voltage: a.voltage - b.voltage,
            current: problem.model.synapticTimeConstant * (a.current - b.current))
    }
}
