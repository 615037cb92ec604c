/// The reference for neurons without noise, nonlinear ones above all: the explicit Runge-Kutta method of order 8(7) by
/// Prince and Dormand, from GSL, with its step controlled, and each spike by bisection.
///
/// V and I are good to about 1e-13 relative to their size, spike times to that over the crossing speed.  A crossing that
/// comes and goes within an eighth of a ms may be missed.
///
/// Source: P. J. Prince, J. R. Dormand, J. Comput. Appl. Math. 7 (1981), doi:10.1016/0771-050X(81)90010-3.
public struct RungeKutta: Integrator {
    public let name = "runge-kutta"
    public let declaredOrder = DeclaredOrder(
        strong: nil, weak: nil, source: "Prince & Dormand 1981, doi:10.1016/0771-050X(81)90010-3")

    public let noise = NoiseContent.increments

    public init() {}

    public func refusal(_ model: NeuronModel) -> String? {
        model.noiseStrength == 0 ? nil : "it integrates neurons without noise only (sigma: 0)"
    }

    public func makeRun(problem: Problem, forest: BrownianForest, level: Int) -> any Run {
        RungeKuttaRun(problem: problem, width: forest.width(level: level))
    }
}

/// Neurons are visited one after the other, so synapses must lead to higher numbers.
private final class RungeKuttaRun: Run {
    private let problem: Problem
    /// A crossing is looked for after at most so many ms.
    private let longestStep: Double
    private var neurons: [DeterministicNeuron] = []
    private(set) var recordedVoltages: [[Lanes]]

    init(problem: Problem, width: Double) {
        self.problem = problem
        longestStep = min(0.125, width)
        recordedVoltages = .init(repeating: [], count: problem.network.neuronCount)
    }

    func start(_ states: [LaneState]) {
        neurons = states.indices.flatMap { neuron in
            (0..<8).map { lane in
                DeterministicNeuron(
                    model: problem.model(neuron: neuron), voltage: states[neuron].voltage[lane],
                    current: states[neuron].current[lane], longestStep: longestStep)
            }
        }
    }

    func begin(_ windows: [NoiseWindow]) {
        for (neuron, window) in windows.enumerated() {
            for lane in window.arrivals.indices {
                for arrival in window.arrivals[lane] { neurons[8 * neuron + lane].receive(arrival) }
            }
        }
    }

    func advance(_ advanced: Range<Int>, through windows: [NoiseWindow]) {
        for neuron in advanced {
            let window = windows[neuron]
            recordedVoltages[neuron].removeAll(keepingCapacity: true)
            var tick = window.start
            while tick < window.end {
                tick = min(window.end, (tick / window.recordInterval + 1) * window.recordInterval)
                for lane in 0..<8 { advance(neuron, lane: lane, to: window.grid.time(tick)) }
                if tick % window.recordInterval == 0 {
                    recordedVoltages[neuron].append(state(neuron: neuron).voltage)
                }
            }
        }
    }

    private func advance(_ neuron: Int, lane: Int, to time: Double) {
        for spike in neurons[8 * neuron + lane].advance(to: time) {
            for synapse in problem.network.outgoing[neuron] {
                neurons[8 * synapse.target + lane].receive(synapse.arrival(of: spike))
            }
        }
    }

    func state(neuron: Int) -> LaneState {
        var state = LaneState(voltage: .zero, current: .zero)
        for lane in 0..<8 {
            state.voltage[lane] = neurons[8 * neuron + lane].voltage
            state.current[lane] = neurons[8 * neuron + lane].current
        }
        return state
    }

    func setState(_ state: LaneState, neuron: Int) {
        for lane in 0..<8 {
            neurons[8 * neuron + lane].voltage = state.voltage[lane]
            neurons[8 * neuron + lane].current = state.current[lane]
        }
    }

    func receptors(neuron: Int) -> [Lanes] {
        (0..<problem.receptorWidth).map { k in
            Lanes((0..<8).map { neurons[8 * neuron + $0].receptors[k] })
        }
    }

    func setReceptors(_ lanes: [Lanes], neuron: Int) {
        for (k, values) in lanes.enumerated() {
            for lane in 0..<8 { neurons[8 * neuron + lane].receptors[k] = values[lane] }
        }
    }

    func spikes(neuron: Int, lane: Int) -> [Spike] { neurons[8 * neuron + lane].spikes }
}
