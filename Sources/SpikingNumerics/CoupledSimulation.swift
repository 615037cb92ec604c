#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs of many integrators and steps, and of a reference, on the same Brownian paths, eight paths at a time.
///
/// Time advances window by window.  In each the tree of every neuron is refined once, as far as the finest run needs it,
/// and every run takes its steps from the same buffers, which stay in cache; no path is ever stored.
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
    public let forest: BrownianForest
    public let reference: any Run
    public let tested: [any Run]
    /// The tested integrators once more, with presynaptic spikes taken from the reference: what is left is the error that
    /// each neuron makes itself, without what it inherits.  Empty without replays.
    public let replayed: [any Run]
    /// For each run, the reference first, how its twin has fared; empty without twins.
    public private(set) var twinGrowth: [TwinGrowth] = []
    /// Σ over record points of (V - V of the reference)², for each tested run, then each replayed one, and each neuron.
    public private(set) var squaredErrors: [[Lanes]]
    /// How many record points that sum has, for each of these runs.
    public private(set) var recordCounts: [Int]

    /// How long each tested run has worked so far, over all groups of paths, in seconds.  Noise, which all share, is not
    /// counted.
    public private(set) var secondsOfWork: [Double]

    private let participants: [Participant]
    private let twins: [any Run]
    private let twinSize: Double
    private let levels: (window: Int, finest: Int)
    private let durationTicks: Int
    /// What runs do before time 0 on their own, in ms: after it, they are in their own stationary state.
    public let warmUp: Double
    private let grid: TimeGrid
    private let pathNoise, burnInNoise, externalInput: Philox
    /// The buffers of all neurons, one after the other.
    private let cells: UnsafeMutableBufferPointer<CellNoise>
    private var externalArrivals: [ExternalArrivals] = []

    private let recordLevel: Int

    /// Distance of record points, ms.
    public var recordInterval: Double { forest.width(level: recordLevel) }

    /// Record points usually lie a quarter of a root cell apart, or a step apart where the step is longer.
    public static let usualRecordLevel = 2

    /// - Parameters:
    ///   - twinSize: Distance at which twins start and are renormalised to, in V-units; nil for no twins.
    ///   - replays: Whether to run the tested integrators once more on the reference's spikes.
    ///   - recordLevel: The level of the tree whose cells end at record points.
    /// - Precondition: the duration is a whole number of every participant's steps.
    public init(
        problem: Problem, forest: BrownianForest, reference: Participant, tested: [Participant], seed: UInt64,
        twinSize: Double? = nil, replays: Bool = false, recordLevel: Int = CoupledSimulation.usualRecordLevel
    ) {
        self.problem = problem
        self.forest = forest
        self.recordLevel = recordLevel
        participants = [reference] + tested
        grid = forest.grid
        levels = Self.levels(participants, problem: problem, forest: forest)
        let coarsest = participants.map(\.level).min()!
        guard let ticks = grid.ticks(duration: problem.duration, level: coarsest) else {
            preconditionFailure("the duration is not a whole number of steps")
        }
        let warmUpCells = Self.warmUpCells(problem, reference: reference.integrator, grid: grid)
        warmUp = Double(warmUpCells) * grid.rootCell
        durationTicks = ticks + warmUpCells * TimeGrid.ticksPerRootCell
        pathNoise = Philox(seed: seed, purpose: .pathNoise)
        burnInNoise = Philox(seed: seed, purpose: .burnInNoise)
        externalInput = Philox(seed: seed, purpose: .externalInput)
        let runs = participants.map {
            $0.integrator.makeRun(problem: problem, forest: forest, level: $0.level)
        }
        self.reference = runs[0]
        self.tested = Array(runs.dropFirst())
        var isolated = problem
        isolated.network = problem.network.silenced()
        replayed =
            replays
            ? tested.map { $0.integrator.makeRun(problem: isolated, forest: forest, level: $0.level) } : []
        twins =
            twinSize == nil
            ? []
            : participants.map { $0.integrator.makeRun(problem: problem, forest: forest, level: $0.level) }
        self.twinSize = twinSize ?? 0
        squaredErrors = []
        recordCounts = []
        secondsOfWork = .init(repeating: 0, count: tested.count)
        cells = .allocate(capacity: problem.network.neuronCount * (2 << (levels.finest - levels.window)))
    }

    /// The window should fit the second-level cache with 2^8 finest cells and be no longer than the shortest way back in
    /// the network, so that neurons can be visited one after the other; but it must hold a whole coarsest step.
    private static func levels(
        _ participants: [Participant], problem: Problem, forest: BrownianForest
    ) -> (window: Int, finest: Int) {
        let coarsest = participants.map(\.level).min()!
        let finest = participants.map(\.level).max()!
        let cellsInMemory = 1 << 20
        var window = max(0, min(coarsest, finest - 8))
        while window < coarsest,
            forest.width(level: window) > problem.network.shortestFeedback
                || problem.network.neuronCount << (finest - window + 1) > cellsInMemory
        {
            window += 1
        }
        return (window, finest)
    }

    /// Against a stationary law, which has no path to start from, every run warms up by itself.
    private static func warmUpCells(_ problem: Problem, reference: any Integrator, grid: TimeGrid) -> Int {
        guard reference is StationaryLaw, case .stationary(let burnIn) = problem.initial else { return 0 }
        return Int((burnIn / grid.rootCell).rounded(.up))
    }

    deinit { cells.deallocate() }

    /// The spikes of a run since time 0, after which the duration is counted.
    public func spikes(of run: any Run, neuron: Int, lane: Int) -> [Spike] {
        let spikes = run.spikes(neuron: neuron, lane: lane)
        guard warmUp > 0 else { return spikes }
        return spikes.drop { $0.time <= warmUp }.map {
            Spike(time: $0.time - warmUp, crossingSpeed: $0.crossingSpeed)
        }
    }

    /// Simulates the paths `firstPath` ..< `firstPath` + 8 from time 0 to the duration.
    ///
    /// - Throws: `SimulationError`.
    public func run(firstPath: Int) throws(SimulationError) { try run(firstPath: firstPath, observer: nil) }

    /// - Parameter observer: Called after each window with its start and end.
    private func run(firstPath: Int, observer: ((Int, Int) -> Void)?) throws(SimulationError) {
        let states = try initialStates(firstPath: firstPath)
        reference.start(states)
        (tested + replayed).forEach { $0.start(states) }
        squaredErrors = (tested + replayed).map { _ in [Lanes](repeating: .zero, count: states.count) }
        recordCounts = (tested + replayed).map { _ in 0 }
        startTwins(states)
        startExternalInput(firstPath: firstPath)

        let windowTicks = TimeGrid.ticks(level: levels.window)
        var start = 0
        while start < durationTicks {
            let end = min(start + windowTicks, durationTicks)
            let windows = windows(pathNoise, from: start, to: end, firstPath: firstPath)
            try reference.advance(through: windows)
            for (k, run) in tested.enumerated() {
                let began = ContinuousClock.now
                try run.advance(through: windows)
                secondsOfWork[k] += began.duration(to: .now) / .seconds(1)
            }
            if !replayed.isEmpty {
                let fed = feedReferenceSpikes(into: windows)
                for run in replayed { try run.advance(through: fed) }
            }
            for twin in twins { try twin.advance(through: windows) }
            compareRecords(from: start)
            observer?(start, end)
            start = end
            if start % TimeGrid.ticksPerRootCell == 0 || start == durationTicks {
                renormaliseTwins(at: start)
            }
        }
    }

    /// The noise of all neurons in one window, refined to the finest level.
    private func windows(_ generator: Philox, from start: Int, to end: Int, firstPath: Int) -> [NoiseWindow] {
        let index = start % TimeGrid.ticksPerRootCell / TimeGrid.ticks(level: levels.window)
        let depth = levels.finest - levels.window
        let size = 2 << depth
        return (0..<problem.network.neuronCount).map { neuron in
            let stream = BrownianTree.Stream(
                generator, firstPath: UInt32(firstPath), neuron: neuron,
                rootCell: start / TimeGrid.ticksPerRootCell)
            let buffer = UnsafeMutableBufferPointer(rebasing: cells[neuron * size..<(neuron + 1) * size])
            forest[neuron: neuron].refine(
                stream, level: levels.window, index: index, depth: depth, into: buffer)
            return NoiseWindow(
                tree: forest[neuron: neuron], stream: stream, level: levels.window, index: index,
                cells: UnsafePointer(buffer.baseAddress!), start: start, end: end,
                recordInterval: TimeGrid.ticks(level: recordLevel), grid: grid,
                arrivals: takeExternalInput(neuron: neuron, before: grid.time(end)))
        }
    }

    /// The windows with everything that the reference's spikes in them send, also to later windows.
    private func feedReferenceSpikes(into windows: [NoiseWindow]) -> [NoiseWindow] {
        let start = grid.time(windows[0].start)
        var fed = windows
        for neuron in windows.indices where fed[neuron].arrivals.isEmpty {
            fed[neuron].arrivals = .init(repeating: [], count: 8)
        }
        for source in windows.indices where !problem.network.outgoing[source].isEmpty {
            for lane in 0..<8 {
                for spike in reference.spikes(neuron: source, lane: lane).reversed() {
                    guard spike.time > start else { break }
                    for synapse in problem.network.outgoing[source] {
                        fed[synapse.target].arrivals[lane].append(synapse.arrival(of: spike))
                    }
                }
            }
        }
        return fed
    }

    // MARK: External input

    private func startExternalInput(firstPath: Int) {
        externalArrivals =
            problem.inputs.isEmpty
            ? []
            : (0..<8 * problem.network.neuronCount).map {
                ExternalArrivals(
                    problem.inputs, neuron: $0 / 8, path: firstPath + $0 % 8, generator: externalInput)
            }
    }

    private func takeExternalInput(neuron: Int, before end: Double) -> [[Arrival]] {
        externalArrivals.isEmpty ? [] : (0..<8).map { externalArrivals[8 * neuron + $0].take(before: end) }
    }

    /// Adds up the squared differences at the record points of the window.
    private func compareRecords(from start: Int) {
        let interval = TimeGrid.ticks(level: recordLevel)
        let exact = reference.recordedVoltages
        for (k, run) in (tested + replayed).enumerated() {
            // A step longer than the interval meets every stride-th point only.
            let level = participants[k % tested.count + 1].level
            let stride = max(1, TimeGrid.ticks(level: level) / interval)
            let first = stride - 1 - start / interval % stride
            let recorded = run.recordedVoltages
            for neuron in recorded.indices {
                var sum = Lanes.zero
                for (j, voltage) in recorded[neuron].enumerated()
                where first + j * stride < exact[neuron].count {
                    let difference = voltage - exact[neuron][first + j * stride]
                    sum += difference * difference
                }
                squaredErrors[k][neuron] += sum
            }
            recordCounts[k] += recorded[0].count
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
    ) throws(SimulationError) -> (reference: [TracePoint], tested: [TracePoint]) {
        let lane = path % 8
        let initial = try initialStates(firstPath: path - lane)[neuron].voltage[lane]
        let start = shown.contains(0) ? [TracePoint(time: 0, voltage: initial)] : []
        var traces = (reference: start, tested: start)
        let interval = TimeGrid.ticks(level: recordLevel)
        let testedInterval = max(interval, TimeGrid.ticks(level: participants[1].level))
        try run(firstPath: path - lane) { [self] from, _ in
            func append(_ voltages: [Lanes], every ticks: Int, to trace: inout [TracePoint]) {
                for (k, voltage) in voltages.enumerated() {
                    let time = grid.time((from / ticks + k + 1) * ticks)
                    if shown.contains(time) { trace.append(TracePoint(time: time, voltage: voltage[lane])) }
                }
            }
            append(reference.recordedVoltages[neuron], every: interval, to: &traces.reference)
            append(tested[0].recordedVoltages[neuron], every: testedInterval, to: &traces.tested)
        }
        return traces
    }

    // MARK: Initial states

    private func initialStates(firstPath: Int) throws(SimulationError) -> [LaneState] {
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
        case .stationary where warmUp > 0:
            return atReset()
        case .stationary(let burnIn):
            return try stationaryStates(firstPath: firstPath, burnIn: burnIn, count: count)
        }
    }

    private func atReset() -> [LaneState] {
        (0..<problem.network.neuronCount).map {
            LaneState(voltage: .init(repeating: problem.model(neuron: $0).reset), current: .zero)
        }
    }

    /// The exact dynamics, or where there are none the reference's, for at least `burnIn` ms, on noise of its own and
    /// without external input.
    private func stationaryStates(
        firstPath: Int, burnIn: Double, count: Int
    ) throws(SimulationError) -> [LaneState] {
        let exact = ExactEvent()
        let isExact = problem.models.allSatisfy { exact.refusal($0) == nil }
        let level =
            isExact
            ? max(levels.window, min(levels.finest, ExactEvent.baseLevel(problem, forest: forest)))
            : participants[0].level
        let integrator: any Integrator = isExact ? exact : participants[0].integrator
        let run = integrator.makeRun(problem: problem, forest: forest, level: level)
        run.start(atReset())
        externalArrivals = []
        let windowTicks = TimeGrid.ticks(level: levels.window)
        let ticks = Int((burnIn / grid.rootCell).rounded(.up)) * TimeGrid.ticksPerRootCell
        for start in stride(from: 0, to: ticks, by: windowTicks) {
            try run.advance(
                through: windows(burnInNoise, from: start, to: start + windowTicks, firstPath: firstPath))
        }
        return (0..<count).map { run.state(neuron: $0) }
    }

    // MARK: Twins

    /// Twins differ in V, which decays at the slower rate, and very little in I, so that a reset on the grid cannot erase
    /// the whole difference.
    private func startTwins(_ states: [LaneState]) {
        twinGrowth = .init(repeating: TwinGrowth(), count: twins.count)
        let shifted = states.enumerated().map { neuron, state in
            LaneState(
                voltage: state.voltage - twinSize,
                current: state.current - 0x1p-10 * twinSize
                    / problem.model(neuron: neuron).synapticTimeConstant)
        }
        twins.forEach { $0.start(shifted) }
    }

    /// Measures how far each twin has gone and brings it back to `twinSize`, unless it is between two halves of a spike:
    /// while only one of the two has been reset they are a whole reset apart, and to pull them together would forget it.
    private func renormaliseTwins(at tick: Int) {
        let time = grid.time(tick)
        for (k, twin) in twins.enumerated() {
            let original = k == 0 ? reference : tested[k - 1]
            var growth = twinGrowth[k]
            var squared = Lanes.zero
            var apart = LaneMask(repeating: false)
            for neuron in 0..<problem.network.neuronCount {
                let difference = self.difference(twin, original, neuron)
                let squaredVoltage = difference.voltage * difference.voltage
                squared += squaredVoltage + difference.current * difference.current
                let height = problem.model(neuron: neuron).resetHeight
                apart .|= squaredVoltage .> 0.25 * height * height
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
            current: problem.model(neuron: neuron).synapticTimeConstant * (a.current - b.current))
    }
}
