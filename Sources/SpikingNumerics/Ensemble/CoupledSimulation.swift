/// Runs of many integrators and steps, and of a reference, on the same Brownian paths, eight paths at a time.
///
/// Time advances window by window, and in each one group of neurons after the other where none feels another before the
/// next window.  The tree of every neuron is refined once, as far as the finest run needs it, and every run takes its steps
/// from the same buffers, which stay in cache; no path is ever stored.
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

    public let problem: Problem
    public let forest: BrownianForest
    public let reference: any Run
    public let tested: [any Run]
    /// The tested integrators once more, with presynaptic spikes taken from the reference: what is left is the error that
    /// each neuron makes itself, without what it inherits.  Empty without replays.
    public let replayed: [any Run]
    /// For each run, the reference first, how its twin has fared; empty without twins.
    @exclusivity(unchecked) public internal(set) var twinGrowth: [TwinGrowth] = []
    /// Of each compared run, and of each neuron in it.
    @exclusivity(unchecked) var squaredErrors: [SquaredErrors] = []
    /// Of each compared run.
    @exclusivity(unchecked) var recordCounts: [RecordCounts] = []

    /// How long each tested run has worked so far, over all groups of paths, in seconds.  Noise, which all share, is not
    /// counted.
    public var secondsOfWork: [Double] { work.map { $0 / .seconds(1) } }

    let participants: [Participant]
    /// The tested runs, then the replayed ones.
    let compared: [any Run]
    let twins: [any Run]
    /// The reference, the tested runs and the twins.
    private let runsOnNoise: [any Run]
    /// The tested runs, the finest first: those of one step, and so the same noise, one after the other.
    private let testedOrder: [Int]
    let twinSize: Double
    /// Of each neuron, how far a twin is from its original, and where this is.
    @exclusivity(unchecked) var twinDifferences: [TwinDifference]
    /// Of each neuron, what makes a difference in I or in what its receptors hold comparable to one in V, and what one of V is a reset
    /// apart.
    let neuronScales: [(synapticTimeConstant: Double, receptors: [Double], resetHeight: Double)]
    /// What the receptors of each neuron hold where paths begin; empty for nothing.
    @exclusivity(unchecked) var startReceptors: [[Lanes]] = []
    let levels: (window: Int, finest: Int)
    let durationTicks: Int
    @exclusivity(unchecked) private var work: [Duration]
    /// What runs do before time 0 on their own, in ms: after it, they are in their own stationary state.
    public let warmUp: Double
    let grid: TimeGrid
    let pathNoise, burnInNoise, externalInput, initialState: Philox
    /// Ranges of neurons of one model each.
    let likeNeurons: [Range<Int>]
    /// How many neurons are visited by all runs before the next.
    let groupSize: Int
    /// The noise of a group of neurons, one after the other.
    let heaps: UnsafeMutablePointer<Lanes>
    /// Where no neuron has any, and nobody asks for it all the same, noise is zero.
    let drawsNoise: Bool
    /// The window that runs are advanced through.
    @exclusivity(unchecked) var windows: [NoiseWindow]
    @exclusivity(unchecked) var externalArrivals: [ExternalArrivals] = []
    /// Of each neuron, when the next of them comes on any path (ms), so that most windows need not ask.
    @exclusivity(unchecked) var nextExternal: [Double] = []

    /// Asked before every group of neurons in every window; once it says so, the simulation ends with
    /// `SimulationError.interrupted`.
    @exclusivity(unchecked) package var isInterrupted: () -> Bool = { false }
    /// Told after every window which fraction of the duration is over.
    @exclusivity(unchecked) package var progressed: (Double) -> Void = { _ in }

    let recordLevel: Int
    private let comparesRecords: Bool

    /// Distance of record points, ms.
    public var recordInterval: Double { forest.width(level: recordLevel) }

    /// Record points usually lie a quarter of a root cell apart, or a step apart where the step is longer.
    public static let usualRecordLevel = 2

    /// - Parameters:
    ///   - twinSize: Distance at which twins start and are renormalised to, in V-units; nil for no twins.
    ///   - replays: Whether to run the tested integrators once more on the reference's spikes.
    ///   - recordLevel: The level of the tree whose cells end at record points.
    ///   - comparesRecords: Whether `meanSquaredErrors` are wanted.
    /// - Precondition: the duration is a whole number of every participant's steps.
    public init(
        problem: Problem, forest: BrownianForest, reference: Participant, tested: [Participant], seed: UInt64,
        twinSize: Double? = nil, replays: Bool = false, recordLevel: Int = CoupledSimulation.usualRecordLevel,
        comparesRecords: Bool = true
    ) {
        self.comparesRecords = comparesRecords
        self.problem = problem
        self.forest = forest
        self.recordLevel = recordLevel
        likeNeurons = problem.likeNeurons
        participants = [reference] + tested
        grid = forest.grid
        precondition(
            participants.allSatisfy { forest.content.contains($0.integrator.noise) },
            "noise that is not sampled")
        levels = Self.levels(
            participants, problem: problem, forest: forest, isRenormalised: twinSize != nil,
            replays: replays)
        groupSize = Self.groupSize(problem, forest: forest, levels: levels, replays: replays)
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
        initialState = Philox(seed: seed, purpose: .initialState)
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
        twinDifferences = .init(repeating: TwinDifference(), count: problem.network.neuronCount)
        compared = self.tested + replayed
        runsOnNoise = runs + twins
        testedOrder = tested.indices.sorted { (-tested[$0].level, $0) < (-tested[$1].level, $1) }
        neuronScales = (0..<problem.network.neuronCount).map {
            let model = problem.model(neuron: $0)
            return (model.synapticTimeConstant, problem.receptorScales(model), model.resetHeight)
        }
        work = .init(repeating: .zero, count: tested.count)
        let functionals = groupSize * Self.heapSize(levels, content: forest.content)
        heaps = .allocate(capacity: functionals)
        drawsNoise = problem.hasNoise || participants.contains { $0.integrator.recordsNoise }
        if !drawsNoise { heaps.initialize(repeating: .zero, count: functionals) }
        windows = Self.emptyWindows(
            problem, forest: forest, levels: levels, recordLevel: recordLevel, heaps: heaps,
            groupSize: groupSize)
    }

    /// The window should be so long that what it costs whatever it holds does not count, fit the second-level cache, and
    /// be no longer than the shortest way back in the network, so that neurons can be visited one after the other; but
    /// it must hold a whole coarsest step.  Where twins are renormalised a window ends.  Replays need the noise of all neurons
    /// at once.
    private static func levels(
        _ participants: [Participant], problem: Problem, forest: BrownianForest, isRenormalised: Bool,
        replays: Bool
    ) -> (window: Int, finest: Int) {
        let coarsest = participants.map(\.level).min()!
        let finest = participants.map(\.level).max()!
        let cellsInMemory = 1 << 20
        // At most 128 KiB for every neuron.
        let depth = 10 - (Int.bitWidth - (forest.content.functionalCount - 1).leadingZeroBitCount)
        var window = min(coarsest, finest - depth)
        if isRenormalised { window = max(Self.renormalisationLevel, window) }
        while window < coarsest,
            !problem.network.isFeedforward(within: forest.width(level: window))
                || replays && problem.network.neuronCount << (finest - window + 1) > cellsInMemory
        {
            window += 1
        }
        return (window, finest)
    }

    /// As many neurons as leave room for other things in a second-level cache of 512 KiB; all of them where they must be visited
    /// together.
    private static func groupSize(
        _ problem: Problem, forest: BrownianForest, levels: (window: Int, finest: Int), replays: Bool
    ) -> Int {
        let count = problem.network.neuronCount
        guard !replays, problem.network.isFeedforward(within: forest.width(level: levels.window)) else {
            return count
        }
        let bytes = MemoryLayout<Lanes>.stride * heapSize(levels, content: forest.content)
        return min(count, max(1, 1 << 18 / bytes))
    }

    /// About how many bytes a simulation takes.  Spikes come on top of that.
    public struct Size: Hashable, Sendable {
        /// The noise of a group of neurons in a window.
        public var noise: Int
        /// What each run, with its twin and its replay, keeps of each neuron and of its inputs.
        public var runs: [Int]

        public var bytes: Int { runs.reduce(noise, +) }
    }

    /// - Parameters: Those of the initialiser.
    public static func size(
        problem: Problem, forest: BrownianForest, participants: [Participant], hasTwins: Bool = false,
        replays: Bool = false
    ) -> Size {
        let levels = levels(
            participants, problem: problem, forest: forest, isRenormalised: hasTwins, replays: replays)
        let noise = MemoryLayout<Lanes>.stride * heapSize(levels, content: forest.content)
        let group = groupSize(problem, forest: forest, levels: levels, replays: replays)
        let runsPerParticipant = 1 + (hasTwins ? 1 : 0) + (replays ? 1 : 0)
        let window = forest.width(level: levels.window)
        let farthest = window + problem.network.longestDelay
        func stepsAhead(of step: Double) -> Int {
            let most = PendingInputs.stepsAhead(window: Int((window / step).rounded(.up)))
            return Int(min(Double(most), (farthest / step).rounded(.up)))
        }
        let pending = PendingInputs(problem)
        defer { pending.deallocate() }
        let runs = participants.map {
            runsPerParticipant
                * (problem.network.neuronCount * bytesPerNeuronOfRun
                    + pending.bytes(stepsAhead: stepsAhead(of: forest.width(level: $0.level))))
        }
        return Size(noise: group * noise, runs: runs)
    }

    /// The same in one number.
    public static func bytes(
        problem: Problem, forest: BrownianForest, participants: [Participant], hasTwins: Bool = false,
        replays: Bool = false
    ) -> Int {
        size(
            problem: problem, forest: forest, participants: participants, hasTwins: hasTwins, replays: replays
        ).bytes
    }

    /// States, letters and lists of spikes on eight paths; measured with 10^5 neurons.
    private static let bytesPerNeuronOfRun = 2048

    /// Against a stationary law, which has no path to start from, every run warms up by itself.
    private static func warmUpCells(_ problem: Problem, reference: any Integrator, grid: TimeGrid) -> Int {
        guard reference is StationaryLaw, case .stationary(let burnIn) = problem.initial else { return 0 }
        return Int((burnIn / grid.rootCell).rounded(.up))
    }

    deinit { heaps.deallocate() }

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

    /// - Parameters:
    ///   - end: After the window in which this time lies, in ms, the simulation stops.
    ///   - observer: Called after each window with its start and end.
    func run(
        firstPath: Int, until end: Double = .infinity, observer: ((Int, Int) -> Void)?
    ) throws(SimulationError) {
        let stop = end
        let states = try initialStates(firstPath: firstPath)
        begin(reference, at: states)
        compared.forEach { begin($0, at: states) }
        squaredErrors = .init(repeating: SquaredErrors(), count: compared.count * states.count)
        recordCounts = .init(repeating: RecordCounts(), count: compared.count)
        startTwins(states)
        startExternalInput(firstPath: firstPath)

        let windowTicks = TimeGrid.ticks(level: levels.window)
        var start = 0
        while start < durationTicks, grid.time(start) < stop {
            let end = min(start + windowTicks, durationTicks)
            turn(to: start..<end, last: durationTicks, of: pathNoise, firstPath: firstPath)
            for run in runsOnNoise { run.begin(windows) }
            try drawNoise { (neurons) throws(SimulationError) in
                try reference.advance(neurons, through: windows)
                try advanceTested(neurons)
                try advanceTwins(neurons)
            }
            try advanceReplayed()
            if comparesRecords { compareRecords(from: start) }
            observer?(start, end)
            start = end
            progressed(Double(start) / Double(durationTicks))
            if start % TimeGrid.ticks(level: Self.renormalisationLevel) == 0 || start == durationTicks {
                renormaliseTwins(at: start)
            }
        }
    }

    /// - Parameter states: Of each neuron; its receptors' is kept elsewhere.
    func begin(_ run: any Run, at states: [LaneState]) {
        run.start(states)
        for (neuron, receptors) in startReceptors.enumerated() {
            run.setReceptors(receptors, neuron: neuron)
        }
    }

    private func advanceTwins(_ neurons: Range<Int>) throws(SimulationError) {
        guard let referenceTwin = twins.first else { return }
        try referenceTwin.advance(neurons, through: windows)
        for k in testedOrder { try twins[k + 1].advance(neurons, through: windows) }
    }

    private func advanceReplayed() throws(SimulationError) {
        guard !replayed.isEmpty else { return }
        let fed = feedReferenceSpikes()
        for run in replayed {
            run.begin(fed)
            try run.advance(fed.indices, through: fed)
        }
    }

    private func advanceTested(_ neurons: Range<Int>) throws(SimulationError) {
        var began = ContinuousClock.now
        for k in testedOrder {
            try tested[k].advance(neurons, through: windows)
            let ended = ContinuousClock.now
            work[k] += began.duration(to: ended)
            began = ended
        }
    }
}
