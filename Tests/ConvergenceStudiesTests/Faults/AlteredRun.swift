import SpikingNumerics

/// An integrator of the harness, or its reference, whose runs are altered on the way to the measures.
struct AlteredIntegrator: Integrator {
    let original: any Integrator
    /// What becomes of the spikes of a neuron on a path.
    var spikes: @Sendable ([Spike]) -> [Spike] = { $0 }
    /// Which of the runs of one simulation see the noise of the path beside theirs: none, or the twins alone, or all.
    var seesOtherPath: OtherPath = .none

    enum OtherPath { case none, twins, all }

    private let runs = RunCounter()

    init(_ original: any Integrator) { self.original = original }

    var name: String { original.name }
    var declaredOrder: DeclaredOrder { original.declaredOrder }

    func refusal(_ model: NeuronModel) -> String? { original.refusal(model) }

    func leakRate(model: NeuronModel, step: Double) -> Double { original.leakRate(model: model, step: step) }

    func makeRun(problem: Problem, forest: BrownianForest, level: Int) -> any Run {
        // A simulation makes the runs of all participants first, and their twins afterwards.
        let isTwin = runs.next(level) == 1
        let shift = seesOtherPath == .all || seesOtherPath == .twins && isTwin ? 1 : 0
        return AlteredRun(
            original.makeRun(problem: problem, forest: forest, level: level), laneShift: shift, spikes: spikes
        )
    }
}

/// Forwards to a run, whose lanes it may turn so that each path sees the noise of the next.
private final class AlteredRun: Run {
    private let original: any Run
    private let laneShift: Int
    private let alterSpikes: ([Spike]) -> [Spike]

    init(_ original: any Run, laneShift: Int, spikes: @escaping ([Spike]) -> [Spike]) {
        (self.original, self.laneShift, alterSpikes) = (original, laneShift, spikes)
    }

    private func turned(_ lanes: Lanes, by shift: Int) -> Lanes {
        var turned = lanes
        for lane in 0..<8 { turned[(lane + shift) & 7] = lanes[lane] }
        return turned
    }

    private func turned(_ state: LaneState, by shift: Int) -> LaneState {
        LaneState(voltage: turned(state.voltage, by: shift), current: turned(state.current, by: shift))
    }

    func start(_ states: [LaneState]) { original.start(states.map { turned($0, by: laneShift) }) }

    func begin(_ windows: [NoiseWindow]) { original.begin(windows) }

    func advance(_ neurons: Range<Int>, through windows: [NoiseWindow]) throws(SimulationError) {
        try original.advance(neurons, through: windows)
    }

    var recordedVoltages: [[Lanes]] {
        original.recordedVoltages.map { $0.map { turned($0, by: -laneShift) } }
    }

    func state(neuron: Int) -> LaneState { turned(original.state(neuron: neuron), by: -laneShift) }

    func setState(_ state: LaneState, neuron: Int) {
        original.setState(turned(state, by: laneShift), neuron: neuron)
    }

    func spikes(neuron: Int, lane: Int) -> [Spike] {
        alterSpikes(original.spikes(neuron: neuron, lane: (lane + laneShift) & 7))
    }
}
