import Foundation
import SpikingNumerics
import TestSupport
import Testing

@Suite("Cases at the edge")
struct EdgeCaseTests {
    static let all = timeConstants + strengths + times + networks + crossings

    @Test("have the right answer", arguments: all)
    func answer(_ edge: EdgeCase) { edge.check() }

    static let timeConstants: [EdgeCase] = [
        .closedForm("τ_m = τ_s", driven(10, 10, 0.12), voltage: 0.5, current: 0.1, until: 100),
        .closedForm(
            "τ_s the next number above τ_m", driven(10, (10.0).nextUp, 0.12), voltage: 0.5, current: 0.1,
            until: 100),
        .closedForm(
            "τ_s = τ_m (1 + 1e-9)", driven(10, 10 * (1 + 1e-9), 0.12), voltage: 0.5, current: 0.1, until: 100),
        .closedForm(
            "τ_s = 1e-6 ms", driven(20, 1e-6, 30), current: 1e4, until: 0.0625,
            resolution: 1e-5),
        .closedForm("τ_s = 1e6 ms", driven(20, 1e6, 0.04), current: 0.02, until: 100),
        .closedForm("τ_s = 1e9 ms", driven(20, 1e9, 0.04), current: 0.02, until: 100),
        .closedForm("τ_m = 1e-6 ms", driven(1e-6, 5, 1.25e6), until: 0x1p-12, resolution: 1e-8),
        .closedForm("τ_m = 1e6 ms", driven(1e6, 5, 0.06), current: 0.01, until: 100),
        .closedForm("τ_m = 1e9 ms", driven(1e9, 5, 0.06), current: 0.01, until: 100),
    ]

    static let strengths: [EdgeCase] = [
        .closedForm("σ = 0", driven(20, 5, 0.06), current: 0.1, until: 100),
        .closedForm("σ the smallest subnormal number", driven(20, 5, 0.06, 5e-324), current: 0.1, until: 100),
        .scaling("σ = 1311, V_th - V_r = 2^16", by: 0x1p16),
        .scaling("V_th - V_r = 2^29, σ as large", by: 0x1p29),
        .scaling("V_th - V_r = 2^-29, σ as small", by: 0x1p-29),
        .closedForm(
            "V_r = V_th - 2^-10", NeuronModel(reset: 1 - 0x1p-10, drive: 0.1, noiseStrength: 0),
            voltage: 0.9, until: 8),
        EdgeCase("μ subnormal, σ = 0", against: "V stays where it is", within: "nothing: the same bits") {
            let problem = Problem(model: driven(20, 5, 5e-324), duration: 100)
            let simulation = Simulations.coupled(problem)
            try! simulation.run(firstPath: 0)
            #expect(simulation.reference.spikes(neuron: 0, lane: 0).isEmpty)
            #expect(simulation.reference.state(neuron: 0).voltage[0] < 1e-320)
        },
    ]

    static let times: [EdgeCase] = [
        EdgeCase("T = one step", against: "closed form", within: "V and I at T to 1e-15") {
            let problem = Problem(
                model: driven(20, 5, 0.06), initial: .fixed(voltage: 0.5, current: 0.1), duration: 0.5)
            let simulation = Simulations.coupled(
                problem, tested: [Simulations.participant("exact-propagator", h: 0.5)])
            try! simulation.run(firstPath: 0)
            let neuron = DeterministicNeuron(model: problem.model(neuron: 0))
            let start = DeterministicNeuron.State(time: 0, voltage: 0.5, current: 0.1)
            for run in [simulation.reference, simulation.tested[0]] {
                #expect(abs(run.state(neuron: 0).voltage[0] - neuron.voltage(start, at: 0.5)) <= 1e-15)
                #expect(abs(run.state(neuron: 0).current[0] - neuron.current(start, at: 0.5)) <= 1e-15)
            }
        },
        // Every spike's time is rounded to a double, of which there is one in 2e-9 ms at the end, and the next begins there.
        EdgeCase(
            "T = 1e7 ms", against: "the period of a driven neuron", within: "spikes, the last to 1e-4 ms"
        ) {
            let model = driven(20, 5, 0.0501)
            let period = 20 * log(1.002 / 0.002)
            let spikes = Simulations.exactSpikes(Problem(model: model, duration: 1e7), baseCell: 1).map(
                \.time)
            #expect(spikes.count == Int(1e7 / period))
            let rounding = spikes.reduce(0) { $0 + $1.ulp }
            #expect(rounding < 1.1e-4)
            #expect(abs(spikes.last! - Double(spikes.count) * period) <= rounding)
        },
        EdgeCase("h = 2^-20 ms", against: "closed form, Brent", within: "hermite 1e-9 ms, the grid one step")
        {
            let problem = Problem(model: driven(20, 5, 45), duration: 0x1p-5)
            let expected = DeterministicNeuron(model: problem.model(neuron: 0)).spikes(
                from: .init(time: 0, voltage: 0, current: 0), until: problem.duration)
            let hermite = trains(problem, "exact-propagator+hermite", h: 0x1p-20)
            EdgeCase.expectSpikes(hermite.exact[0], expected.map(\.time))
            EdgeCase.expectSpikes(hermite.tested[0], expected.map(\.time))
            let grid = trains(problem, "exact-propagator", h: 0x1p-20).tested[0]
            EdgeCase.expectSpikes(grid, expected.map(\.time), within: 0x1p-20)
        },
    ]

    static let networks: [EdgeCase] = [
        EdgeCase(
            "1e5 neurons that all fire at once, in a ring", against: "closed form, Brent",
            within: "spikes, each to 1e-9 ms, I at T to 1e-12"
        ) {
            let count = 100_000
            let ring = (0..<count).map {
                Network.Synapse(source: $0, target: ($0 + 1) % count, weight: 0.5, delay: 0.25)
            }
            let problem = Problem(
                model: driven(20, 5, 0.06), network: Network(neuronCount: count, synapses: ring),
                initial: .fixed(voltage: 0.998, current: 0), duration: 0.5)
            let neuron = DeterministicNeuron(model: problem.model(neuron: 0))
            let start = DeterministicNeuron.State(time: 0, voltage: 0.998, current: 0)
            let expected = neuron.spikes(from: start, until: 0.5).map(\.time)
            let simulation = Simulations.coupled(problem)
            try! simulation.run(firstPath: 0)
            for k in [0, 1, 49_999, count - 1] {
                EdgeCase.expectSpikes(
                    simulation.reference.spikes(neuron: k, lane: 7).map(\.time), expected)
                // All are alike: each has received one spike.
                let received = 0.5 * exp(-(0.5 - expected[0] - 0.25) / 5)
                #expect(abs(simulation.reference.state(neuron: k).current[7] - received) <= 1e-12)
            }
        },
        EdgeCase(
            "a network of which no neuron ever fires", against: "σ = 0 below threshold", within: "no spike"
        ) {
            let network = LayeredFeedforward(layers: 3, width: 4, weights: [0.5, 0.5]).network()
            let problem = Problem(model: driven(20, 5, 0.0499), network: network, duration: 1000)
            let found = trains(problem, "euler-maruyama", h: 0.5)
            #expect(found.exact.joined().isEmpty && found.tested.joined().isEmpty)
        },
        EdgeCase(
            "a weight that fires the target at once", against: "GSL's rk8pd from event to event",
            within: "spikes, each to 1e-9 ms"
        ) {
            let synapses: [Network.Synapse] = [
                .init(source: 0, target: 1, weight: 2, jump: .voltage),
                .init(source: 0, target: 2, weight: 5),
                .init(source: 1, target: 0, weight: 0.25, delay: 3, jump: .voltage),
            ]
            let states = [0.4, 0.1, 0.2].map { Problem.NeuronState(voltage: $0, current: 0) }
            let problem = Problem(
                model: driven(20, 5, 0.06), network: Network(neuronCount: 3, synapses: synapses),
                initial: .perNeuron(states), duration: 60)
            let expected = DeterministicNetwork(problem: problem).spikes()
            let simulation = Simulations.coupled(problem)
            try! simulation.run(firstPath: 0)
            for neuron in 0..<3 {
                EdgeCase.expectSpikes(
                    simulation.reference.spikes(neuron: neuron, lane: 0).map(\.time), expected[neuron])
            }
        },
    ]

    static let crossings: [EdgeCase] = [
        .closedForm(
            "over the threshold and back within one step", pulse, voltage: 0.5, current: 12, until: 4),
        EdgeCase(
            "the same, found by hermite", against: "closed form, Brent", within: "the one spike, to 0.02 ms"
        ) {
            let problem = Problem(model: pulse, initial: .fixed(voltage: 0.5, current: 12), duration: 4)
            let found = trains(problem, "exact-propagator+hermite", h: 0.5)
            #expect(found.exact[0].count == 1)
            EdgeCase.expectSpikes(found.tested[0], found.exact[0], within: 0.02)
        },
        .closedForm(
            "many spikes in one step of 0.5 ms",
            NeuronModel(reset: 1 - 0x1p-10, drive: 0.1, noiseStrength: 0),
            voltage: 0.9995, until: 0.5),
    ]

    private static func driven(_ membrane: Double, _ synapse: Double, _ drive: Double, _ noise: Double = 0)
        -> NeuronModel
    {
        NeuronModel(
            membraneTimeConstant: membrane, synapticTimeConstant: synapse, drive: drive, noiseStrength: noise)
    }

    private static func trains(_ problem: Problem, _ integrator: String, h: Double) -> (
        exact: [[Double]], tested: [[Double]]
    ) {
        EdgeCase.trains(problem, integrator, h: h)
    }

    /// V peaks within a fraction of a ms and falls.
    private static let pulse = NeuronModel(
        membraneTimeConstant: 0.5, synapticTimeConstant: 0.1, drive: 0, noiseStrength: 0)

    @Test("are all in the documentation's table")
    func documented() throws {
        let lines = Self.all.map { "| \($0.name) | \($0.oracle) | \($0.tolerance) |" }
        try DocumentedTable(heading: "## Right answers").check(lines)
    }
}
