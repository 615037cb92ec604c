import Foundation
import SpikingNumerics
import Testing

@Suite("Neurons with receptors")
struct ReceptorNetworkTests {
    static let receptors = Receptors([
        Receptor(.exponential(decay: 2)), Receptor(.alpha(time: 3)),
        Receptor(.twoExponentials(rise: 1, decay: 12)),
    ])

    /// That of ``NetworkTests``, with a receptor for every synapse and input on the current, one after the other.
    static func problem(
        delay: Double, noise: Double = 0, entry: NeuronModel.NoiseEntry = .current, duration: Double = 120
    ) -> Problem {
        var problem = NetworkTests.problem(
            delay: delay, noise: noise, inputs: NetworkTests.inputs, duration: duration)
        for k in problem.models.indices {
            problem.models[k].receptors = receptors
            problem.models[k].noiseEntry = entry
        }
        let synapses = problem.network.outgoing.joined().enumerated().map { k, synapse in
            var synapse = synapse
            synapse.jump = .receptor(UInt8(k % 3))
            return synapse
        }
        problem.network = Network(neuronCount: 5, synapses: synapses)
        for k in problem.inputs.indices where problem.inputs[k].jump == .current {
            problem.inputs[k].jump = .receptor(UInt8(k % 3))
        }
        return problem
    }

    /// The oracle sums kernels and asks GSL's rk8pd; see ``NetworkTests``.
    @Test("without noise spike as an independent solver says, to 1e-9 ms", arguments: [0, 0.03, 0.7, 5])
    func independent(_ delay: Double) throws {
        let problem = Self.problem(delay: delay)
        let found = try NetworkTests.spikes(problem)
        #expect(found.allSatisfy { $0.count >= 2 })
        NetworkTests.expectSame(found, DeterministicNetwork(problem: problem).spikes(), within: 1e-9)
    }

    /// With a leaf of 2^-32 ms; see ``NetworkTests``.
    @Test(
        "spike where they did when base cells are halved",
        arguments: [0, 0.03, 0.7], [NeuronModel.NoiseEntry.current, .voltage])
    func baseCells(_ delay: Double, _ entry: NeuronModel.NoiseEntry) throws {
        let noise = entry == .current ? 0.02 : 0.05
        let problem = Self.problem(delay: delay, noise: noise, entry: entry)
        let expected = try NetworkTests.spikes(problem)
        #expect(expected.allSatisfy { $0.count >= 2 })
        // Under white noise a crossing is as good as its leaf, and what it inherits.
        let tolerance = entry == .current ? 0x1p-27 : 0x1p-12
        for baseCell in [0.5, 0.25, 0.0625] {
            NetworkTests.expectSame(
                try NetworkTests.spikes(problem, baseCell: baseCell), expected, within: tolerance)
        }
    }

    /// A network without a way back; each of its neurons is visited on its own.
    static var feedforward: Problem {
        var problem = Self.problem(delay: 0.7)
        problem.network = Network(
            neuronCount: 5, synapses: problem.network.outgoing.joined().filter { $0.source < $0.target })
        return problem
    }

    @Test("spike under Runge and Kutta's method as an independent solver says")
    func rungeKutta() throws {
        let problem = Self.feedforward
        let simulation = CoupledSimulation(
            problem: problem, forest: Simulations.forest(problem),
            reference: .init(RungeKutta(), level: 5), tested: [Simulations.exactEvent()], seed: 1)
        try simulation.run(firstPath: 0)
        let expected = DeterministicNetwork(problem: problem).spikes()
        for run in [simulation.reference, simulation.tested[0]] {
            let found = (0..<5).map { run.spikes(neuron: $0, lane: 3).map(\.time) }
            NetworkTests.expectSame(found, expected, within: 1e-9)
        }
    }

    /// A receptor with τ_s is what I is: paths are the same but for rounding, and where that moves a spike by an ulp for what follows.
    @Test(
        "with τ_s are those that feel their spikes in I",
        arguments: ["exact-event"] + KnownScheme.integrators())
    func likeCurrent(_ name: String) throws {
        let entry = NeuronModel.NoiseEntry.current
        var plain = NetworkTests.problem(delay: 1, noise: 0.02, refractory: 0, inputs: NetworkTests.inputs)
        var own = plain
        for k in own.models.indices {
            own.models[k].noiseEntry = entry
            own.models[k].receptors = Receptors([
                Receptor(.exponential(decay: own.models[k].synapticTimeConstant))
            ])
        }
        own.network = Network(
            neuronCount: 5,
            synapses: plain.network.outgoing.joined().map {
                var synapse = $0
                synapse.jump = .receptor(0)
                return synapse
            })
        for k in own.inputs.indices where own.inputs[k].jump == .current { own.inputs[k].jump = .receptor(0) }
        plain.inputs = plain.inputs.filter { $0.jump != .voltage }
        own.inputs = own.inputs.filter { $0.jump != .voltage }
        func spikes(_ problem: Problem) throws -> [[Double]] {
            let tested = name == "exact-event" ? [] : [Simulations.participant(name, h: 0.25)]
            let simulation = Simulations.coupled(problem, tested: tested)
            try simulation.run(firstPath: 0)
            let run = simulation.tested.first ?? simulation.reference
            return (0..<5).map { run.spikes(neuron: $0, lane: 2).map(\.time) }
        }
        let expected = try spikes(plain)
        #expect(expected.allSatisfy { $0.count >= 2 })
        NetworkTests.expectSame(try spikes(own), expected, within: 1e-9)
    }
}

/// Small differences, by the tangent flow and by twins.
extension ReceptorNetworkTests {
    /// As in ``LyapunovSpectrumTests``, from differences in V and I, to those in everything.
    @Test("the tangent flow is the derivative of the flow", arguments: [0, 1.5])
    func derivative(_ delay: Double) throws {
        var model = NeuronModel(drive: 0.07, noiseStrength: 0)
        model.receptors = Self.receptors
        let network = Network(
            neuronCount: 3,
            synapses: LyapunovSpectrumTests.network(delay: delay).outgoing.joined().enumerated().map {
                var synapse = $1
                synapse.jump = .receptor(UInt8($0 % 3))
                return synapse
            })
        func problem(_ start: [Double]) -> Problem {
            Problem(
                models: [model], modelIndices: [], network: network,
                initial: .perNeuron((0..<3).map { .init(voltage: start[$0], current: start[3 + $0] / 5) }),
                duration: 88)
        }
        /// V, τ_s I, and what receptors hold: three currents and two rises, in V-units, in the flow's order.
        func states(_ start: [Double]) throws -> (spikes: [[Spike]], states: [Double]) {
            let simulation = Simulations.coupled(problem(start))
            try simulation.run(firstPath: 0)
            let run = simulation.reference
            let receptors = (0..<3).flatMap { neuron in
                let held = run.receptors(neuron: neuron).map { $0[0] }
                return [2 * held[0], 3 * held[1], 9 * held[4], 12 * held[2], 12 * held[5]]
            }
            let own = (0..<3).map { run.state(neuron: $0) }
            return (
                (0..<3).map { run.spikes(neuron: $0, lane: 0) },
                own.map { $0.voltage[0] } + own.map { 5 * $0.current[0] } + receptors
            )
        }
        let start = [0.1, 0.35, 0.72, 0.0, 0.01, -0.02]
        let base = try states(start)
        #expect(base.spikes.allSatisfy { $0.count >= 2 })
        #expect(TangentFlow.dimension(problem(start)) == 21)
        try LyapunovSpectrumTests.expectDerivative(problem(start), base.spikes, start) {
            try states($0).states
        }
    }

    /// By Liouville's theorem.
    @Test("exponents add up to the rates of all variables")
    func trace() throws {
        var model = NeuronModel()
        model.receptors = Self.receptors
        let spectrum = try LyapunovSpectrum(
            problem: Problem(model: model, duration: 64), spikes: [[]], burnIn: 0)
        let rates: [Double] = [1 / 20, 1 / 5, 1 / 2, 1 / 3, 1 / 3, 1, 1 / 12]
        let trace = rates.reduce(0, +)
        let sum: Double = spectrum.exponents.reduce(0, +)
        #expect(abs(sum + trace) < 1e-12)
    }
}
