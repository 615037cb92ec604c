import Foundation
import SpikingNumerics
import Testing

/// Neurons are visited in groups, all runs after the other, where none feels another before the next window.
@Suite("Neurons in groups")
struct NeuronGroupTests {
    /// Sixty neurons on a ring with excitation forwards and inhibition backwards, and input from outside.
    static let problem = Problem(
        network: Network(
            neuronCount: 60,
            synapses: (0..<60).flatMap { k in
                [
                    Network.Synapse(
                        source: k, target: (k + 7) % 60, weight: 0.03, delay: 4 + 0.1 * Double(k)),
                    .init(source: k, target: (k + 49) % 60, weight: -0.02, delay: 9, jump: .voltage),
                ]
            }),
        inputs: [ExternalInput(.poisson(rate: 0.2, height: 0.02), jump: .current, neurons: 10..<50)],
        duration: 60)

    /// The tested runs are the same bit for bit; replays need the noise of all neurons at once, so that there is one group only.
    @Test("do what they do all together")
    func together() throws {
        let tested = ["euler-maruyama", "exact-propagator+hermite"].flatMap { name in
            [0.5, 0.125].map { Simulations.participant(name, h: $0) }
        }
        let simulations = [false, true].map {
            CoupledSimulation(
                problem: Self.problem, forest: Simulations.forest(Self.problem),
                reference: Simulations.exactEvent(), tested: tested, seed: 3, replays: $0)
        }
        for simulation in simulations { try simulation.run(firstPath: 0) }
        let (grouped, whole) = (simulations[0], simulations[1])
        let pairs = zip([grouped.reference] + grouped.tested, [whole.reference] + whole.tested)
        var spikeCount = 0
        for (k, (a, b)) in pairs.enumerated() {
            for neuron in 0..<60 {
                #expect(a.state(neuron: neuron) == b.state(neuron: neuron))
                for lane in 0..<8 {
                    #expect(a.spikes(neuron: neuron, lane: lane) == b.spikes(neuron: neuron, lane: lane))
                    spikeCount += a.spikes(neuron: neuron, lane: lane).count
                }
                guard k > 0 else { continue }
                let errors = (
                    grouped.meanSquaredErrors(run: k - 1, neuron: neuron).all!,
                    whole.meanSquaredErrors(run: k - 1, neuron: neuron).all!
                )
                #expect(errors.0 == errors.1)
            }
        }
        #expect(spikeCount > 1000)
    }

    /// A jump of V at 8 + 1e-8 ms fires neuron 1 at 8 ms, up to rounding, and reaches neuron 0 after a delay of one window at
    /// its end, when neuron 0 has been through it.
    @Test(
        "lose nothing that comes back at the very end of a window",
        arguments: ["euler-maruyama", "euler-maruyama+linear"])
    func backAtTheEnd(_ integrator: String) throws {
        let weight = 0.01
        let problem = Problem(
            model: NeuronModel(drive: 0, noiseStrength: 0),
            network: Network(
                neuronCount: 2, synapses: [.init(source: 1, target: 0, weight: weight, delay: 4)]),
            initial: .fixed(voltage: 0, current: 0),
            inputs: [ExternalInput(.times([8 + 1e-8], height: 2), jump: .voltage, neurons: 1..<2)],
            duration: 20)
        let simulation = Simulations.coupled(problem, tested: [Simulations.participant(integrator, h: 0.25)])
        try simulation.run(firstPath: 0)
        let run = simulation.tested[0]
        #expect(run.spikes(neuron: 1, lane: 0).count == 1)
        // From 12 ms on, in 32 steps; a spike at the end of its step comes one step later.
        let decayed = (31...32).map { weight * pow(1 - 0.25 / 5, Double($0)) }
        let current = run.state(neuron: 0).current[0]
        #expect(decayed[1] * 0.999 < current && current < decayed[0] * 1.06, "\(current) \(decayed)")
    }
}
