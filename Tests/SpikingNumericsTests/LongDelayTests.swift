import SpikingNumerics
import Testing

@Suite("Delays of many steps")
struct LongDelayTests {
    private static let duration = 120.0
    /// Several synapses between the same two neurons among them, on the grid and off it.
    private static let delays = [0, 40.1, 5.3, 90, 5.3, 0.75, 17, 40.2, 119, 1e6]

    private static func problem(_ synapses: [Network.Synapse], _ inputs: [ExternalInput] = []) -> Problem {
        let sender = NeuronModel(drive: 0.09, noiseStrength: 0)
        let receiver = NeuronModel(drive: 0.08, noiseStrength: 0, refractoryPeriod: 1.5)
        return Problem(
            models: [sender, receiver], modelIndices: [0, 1],
            network: Network(neuronCount: 2, synapses: synapses),
            initial: .fixed(voltage: 0, current: 0), inputs: inputs, duration: duration)
    }

    private static func run(_ problem: Problem, _ integrator: String, h: Double) throws -> any Run {
        let simulation = Simulations.coupled(problem, tested: [Simulations.participant(integrator, h: h)])
        try simulation.run(firstPath: 0)
        return simulation.tested[0]
    }

    /// A spike on its way is the same to its target as if somebody outside knew when it arrives.
    @Test(
        "bring what a spike sends when it is due", arguments: ["euler-maruyama", "exact-propagator+hermite"],
        [1, 0.03125])
    func arrival(_ integrator: String, h: Double) throws {
        let synapses = Self.delays.map {
            Network.Synapse(source: 0, target: 1, weight: 0.01, delay: $0, jump: .current)
        }
        let sent = try Self.run(Self.problem(synapses), integrator, h: h)
        let spikes = sent.spikes(neuron: 0, lane: 3)
        #expect(spikes.count > 3)
        let arrivals = spikes.flatMap { spike in Self.delays.map { spike.time + $0 } }.sorted()
            .filter { $0 <= Self.duration }
        let given = try Self.run(
            Self.problem(
                [], [ExternalInput(.times(arrivals, height: 0.01), jump: .current, neurons: 1..<2)]),
            integrator, h: h)
        #expect(sent.spikes(neuron: 1, lane: 3).count > 1)
        #expect(sent.spikes(neuron: 1, lane: 3).count == given.spikes(neuron: 1, lane: 3).count)
        // The two differ in the order of additions only.
        for (a, b) in zip(sent.spikes(neuron: 1, lane: 3), given.spikes(neuron: 1, lane: 3)) {
            #expect(abs(a.time - b.time) < 1e-9)
        }
        let (a, b) = (sent.state(neuron: 1), given.state(neuron: 1))
        #expect(abs(a.voltage[3] - b.voltage[3]) < 1e-9 && abs(a.current[3] - b.current[3]) < 1e-12)
    }

    /// What a step may get waits in a place of its own for so many steps only.
    @Test("take no more memory than delays of a few steps")
    func memory() {
        func bytes(_ delay: Double) -> Int {
            let problem = Self.problem([.init(source: 0, target: 1, weight: 0.01, delay: delay)])
            return CoupledSimulation.bytes(
                problem: problem, forest: Simulations.forest(problem),
                participants: [
                    Simulations.exactEvent(), Simulations.participant("euler-maruyama", h: 0.03125),
                ])
        }
        #expect(bytes(1e9) == bytes(100))
        #expect(bytes(1e9) < 1 << 20)
    }

    /// Networks of neurons that are visited together, and one after the other.
    @Test("are the same to neurons in a circle", arguments: [0.5, 33])
    func circle(_ delay: Double) throws {
        let synapses = [
            Network.Synapse(source: 0, target: 1, weight: 0.05, delay: delay),
            .init(source: 1, target: 0, weight: 0.05, delay: 70),
            .init(source: 1, target: 1, weight: -0.02, delay: 3 * delay),
        ]
        let problem = Self.problem(synapses)
        let h = 0x1p-7
        let simulation = Simulations.coupled(
            problem, tested: [Simulations.participant("exact-propagator+hermite", h: h)])
        try simulation.run(firstPath: 0)
        for neuron in 0..<2 {
            let exact = simulation.reference.spikes(neuron: neuron, lane: 0).map(\.time)
            let found = simulation.tested[0].spikes(neuron: neuron, lane: 0).map(\.time)
            #expect(exact.count > 3 && found.count == exact.count)
            for (a, b) in zip(found, exact) { #expect(abs(a - b) < 12 * h) }
        }
    }
}
