#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An integrator on a fixed grid: a scheme for the steps and a rule for the spikes in them.
public struct GridIntegrator<Step: Scheme, Rule: SpikeRule>: Integrator {
    public init() {}

    public var name: String { Rule.name.isEmpty ? Step.name : Step.name + "+" + Rule.name }

    public var declaredOrder: DeclaredOrder { Step.declaredOrder }

    public func makeRun(problem: Problem, tree: BrownianTree, level: Int) -> any Run {
        GridRun<Step, Rule>(problem: problem, step: tree.width(level: level), level: level)
    }

    public func leakRate(model: CurrentLIF, step: Double) -> Double {
        log(abs(Step(model: model, step: step).voltageDecay(after: step))) / step
    }
}

/// A grid integrator at work.
///
/// A spike inside a step acts on its targets through what it has done to them by the end of that step.  The equations
/// are linear between spikes, so these effects add up and wait, summed by step, until the target takes the step.
final class GridRun<Step: Scheme, Rule: SpikeRule>: Run {
    private let model: CurrentLIF
    private let network: Network
    private let scheme: Step
    private let rule: Rule
    private let step: Double
    private let level: Int

    private var states: [LaneState]
    private var spikeLists: [[Spike]]
    /// For each neuron that receives input, what arrives in each step of the window.
    private var inputs: [[LaneState]]
    private(set) var recordedVoltages: [Lanes] = []

    init(problem: Problem, step: Double, level: Int) {
        model = problem.model
        network = problem.network
        scheme = Step(model: problem.model, step: step)
        rule = Rule(model: problem.model, step: step)
        self.step = step
        self.level = level
        states = []
        spikeLists = [[Spike]](repeating: [], count: 8 * problem.network.neuronCount)
        inputs = [[LaneState]](repeating: [], count: problem.network.neuronCount)
    }

    func start(_ states: [LaneState]) {
        self.states = states
        for k in spikeLists.indices { spikeLists[k].removeAll(keepingCapacity: true) }
        for k in inputs.indices { inputs[k].removeAll(keepingCapacity: true) }
    }

    func state(neuron: Int) -> LaneState { states[neuron] }

    func setState(_ state: LaneState, neuron: Int) { states[neuron] = state }

    func spikes(neuron: Int, lane: Int) -> [Spike] { spikeLists[8 * neuron + lane] }

    // Without these lines the steps would call their scheme through a witness table; one line per catalogue entry.
    @specialized(where Step == EulerMaruyama, Rule == GridConstrained)
    @specialized(where Step == EulerMaruyama, Rule == LinearInterpolation)
    @specialized(where Step == ExactPropagator, Rule == GridConstrained)
    @specialized(where Step == ExactPropagator, Rule == HermiteInterpolation)
    func advance(neuron: Int, through window: NoiseWindow) {
        let hasInput = network.receivesInput[neuron]
        let steps = window.count(level: level)
        let input = hasInput ? takeInputs(neuron, steps: steps) : []
        let noise = window.cells(level: level)
        let ticks = TimeGrid.ticks(level: level)
        var state = states[neuron]
        var recorded = recordedVoltages
        recorded.removeAll(keepingCapacity: true)
        var untilRecord = window.recordInterval - window.start % window.recordInterval

        for k in 0..<steps {
            let start = state
            scheme.advance(&state, noise: noise[k])
            if hasInput {
                state.voltage += input[k].voltage
                state.current += input[k].current
            }
            let suspects = rule.mayCross(from: start, to: state)
            if suspects.isAnySet {
                for lane in 0..<8 where suspects[lane] {
                    fire(neuron, lane: lane, from: start, to: &state, step: k, window: window)
                }
            }
            untilRecord -= ticks
            if untilRecord <= 0 {
                // A step longer than the interval reaches every record point that it ends on.
                if untilRecord % window.recordInterval == 0 { recorded.append(state.voltage) }
                while untilRecord <= 0 { untilRecord += window.recordInterval }
            }
        }
        states[neuron] = state
        recordedVoltages = recorded
    }

    private func takeInputs(_ neuron: Int, steps: Int) -> [LaneState] {
        defer { inputs[neuron].removeAll(keepingCapacity: true) }
        if inputs[neuron].isEmpty {
            return [LaneState](repeating: LaneState(voltage: .zero, current: .zero), count: steps)
        }
        return inputs[neuron]
    }

    /// Locates the crossings of one lane in one step, resets, and tells the targets.
    private func fire(
        _ neuron: Int, lane: Int, from start: LaneState, to end: inout LaneState, step k: Int,
        window: NoiseWindow
    ) {
        guard
            var crossing = rule.crossing(
                from: (start.voltage[lane], start.current[lane]), to: (end.voltage[lane], end.current[lane]))
        else { return }
        let startTick = window.start + k * TimeGrid.ticks(level: level)
        repeat {
            let rest = (1 - crossing.fraction) * step
            let time = window.grid.time(startTick) + crossing.fraction * step
            spikeLists[8 * neuron + lane].append(Spike(time: time, crossingSpeed: crossing.speed))
            tellTargets(neuron, lane: lane, step: k, of: window.count(level: level), elapsed: rest)
            guard Rule.keepsOvershoot else {
                end.voltage[lane] = model.reset
                return
            }
            end.voltage[lane] -= model.resetHeight * scheme.voltageDecay(after: rest)
            // A drive strong enough to fire twice in a step: a straight line from the reset to the end of the step.
            let rise = end.voltage[lane] - model.reset
            if rest > 0 {
                crossing.fraction += (1 - crossing.fraction) * (model.resetHeight / rise)
                crossing.speed = rise / rest
            }
        } while end.voltage[lane] >= model.threshold && crossing.fraction < 1
    }

    private func tellTargets(_ neuron: Int, lane: Int, step k: Int, of steps: Int, elapsed: Double) {
        guard !network.outgoing[neuron].isEmpty else { return }
        let response = scheme.synapticResponse(after: elapsed)
        for synapse in network.outgoing[neuron] {
            if inputs[synapse.target].isEmpty {
                inputs[synapse.target] = [LaneState](
                    repeating: LaneState(voltage: .zero, current: .zero), count: steps)
            }
            inputs[synapse.target][k].voltage[lane] += synapse.weight * response.voltage
            inputs[synapse.target][k].current[lane] += synapse.weight * response.current
        }
    }
}
