import Foundation
import SpikingNumerics
import Testing

@Suite("Networks with delays, feedback, refractoriness and input")
struct NetworkTests {
    /// Five neurons of two kinds, excitatory and inhibitory, started apart.
    static func problem(
        delay: Double, jump: Network.Jump = .current, noise: Double = 0, refractory: Double = 1.5,
        inputs: [ExternalInput] = [], duration: Double = 120
    ) -> Problem {
        let scale = jump == .voltage ? 4.0 : 1
        let pairs: [(Int, Int, Double)] = [
            (0, 1, 0.02), (1, 0, 0.015), (2, 3, 0.02), (3, 0, -0.01), (4, 2, 0.03), (0, 4, 0.01),
            (3, 4, -0.02), (1, 2, 0.01),
        ]
        let network = Network(
            neuronCount: 5,
            synapses: pairs.enumerated().map { k, pair in
                .init(
                    source: pair.0, target: pair.1, weight: scale * pair.2,
                    delay: delay * (1 + 0.1 * Double(k)), jump: jump)
            })
        let first = NeuronModel(drive: 0.06, noiseStrength: noise, refractoryPeriod: refractory)
        let second = NeuronModel(
            membraneTimeConstant: 12, synapticTimeConstant: 3, drive: 0.1, noiseStrength: noise)
        return Problem(
            models: [first, second], modelIndices: [0, 0, 1, 1, 0], network: network,
            initial: .perNeuron([0.1, 0.35, 0.5, 0.8, 0.65].map { .init(voltage: $0, current: 0.01) }),
            inputs: inputs,
            duration: duration)
    }

    static func spikes(_ problem: Problem, baseCell: Double = 0.125) throws -> [[Double]] {
        let simulation = Simulations.coupled(problem, baseCell: baseCell)
        try simulation.run(firstPath: 0)
        return (0..<problem.network.neuronCount).map {
            simulation.reference.spikes(neuron: $0, lane: 0).map(\.time)
        }
    }

    static func expectSame(_ a: [[Double]], _ b: [[Double]], within tolerance: Double) {
        #expect(a.map(\.count) == b.map(\.count))
        for (x, y) in zip(a.joined(), b.joined()) { #expect(abs(x - y) <= tolerance) }
    }

    static let inputs = [
        ExternalInput(.pulse(height: 0.02, start: 20.3, end: 60.7), jump: .drive, neurons: 0..<3),
        ExternalInput(.times([10.1, 33.3, 71.9], height: 0.05), jump: .current, neurons: 1..<5),
        ExternalInput(.times([15.7, 50.2], height: 0.07), jump: .voltage, neurons: 2..<4),
        // On the boundaries of windows and steps.
        ExternalInput(.pulse(height: 0.01, start: 0, end: 64), jump: .drive, neurons: 4..<5),
        ExternalInput(.times([24, 40.5], height: 0.04), jump: .current, neurons: 0..<2),
    ]

    /// rk8pd's own tolerance of 1e-14 per step, some 500 steps, over crossing speeds above 0.01, and what spikes inherit.
    @Test(
        "without noise spike as an independent solver says, to 1e-9 ms",
        arguments: [0, 0.03, 0.7, 5], [Network.Jump.current, .voltage])
    func independent(_ delay: Double, _ jump: Network.Jump) throws {
        for inputs in [[], Self.inputs] {
            let problem = Self.problem(delay: delay, jump: jump, inputs: inputs)
            let found = try Self.spikes(problem)
            #expect(found.allSatisfy { $0.count >= 2 })
            Self.expectSame(found, DeterministicNetwork(problem: problem).spikes(), within: 1e-9)
        }
    }

    @Test("spike where they did when base cells are halved", arguments: [0, 0.03, 0.7])
    func baseCells(_ delay: Double) throws {
        let problem = Self.problem(delay: delay, noise: 0.02, inputs: Self.inputs)
        let expected = try Self.spikes(problem)
        for baseCell in [0.5, 0.25, 0.0625] {
            Self.expectSame(try Self.spikes(problem, baseCell: baseCell), expected, within: 0x1p-27)
        }
    }

    @Test("that are feedforward spike under Runge and Kutta's method as an independent solver says")
    func rungeKutta() throws {
        let synapses: [Network.Synapse] = [(0, 1, 0.03), (0, 2, -0.02), (1, 2, 0.04), (2, 3, 0.05)].map {
            .init(source: $0.0, target: $0.1, weight: $0.2, delay: 0.7)
        }
        let problem = Problem(
            models: [
                NeuronModel(drive: 0.06, noiseStrength: 0), NeuronModel(drive: 0.055, noiseStrength: 0),
            ],
            modelIndices: [0, 1, 0, 1], network: Network(neuronCount: 4, synapses: synapses),
            initial: .perNeuron([0.1, 0.7, 0.5, 0.3].map { .init(voltage: $0, current: 0) }), duration: 200)
        let simulation = CoupledSimulation(
            problem: problem, forest: Simulations.forest(problem), reference: .init(RungeKutta(), level: 5),
            tested: [], seed: 1)
        try simulation.run(firstPath: 0)
        let expected = DeterministicNetwork(problem: problem).spikes()
        #expect(expected.allSatisfy { $0.count >= 2 })
        for lane in [0, 7] {
            let found = (0..<4).map { simulation.reference.spikes(neuron: $0, lane: lane).map(\.time) }
            Self.expectSame(found, expected, within: 1e-9)
        }
    }

    /// A silent synapse that leads back forces the event-by-event mode.
    @Test("that are feedforward spike the same when they are run as a graph")
    func feedforwardAsGraph() throws {
        let synapses: [Network.Synapse] = [(0, 2), (1, 2), (0, 3), (2, 3)].map {
            .init(source: $0.0, target: $0.1, weight: 0.03)
        }
        let back = Network.Synapse(source: 3, target: 0, weight: 0)
        let plain = try Self.spikes(
            Problem(network: Network(neuronCount: 4, synapses: synapses), duration: 100))
        let graph = try Self.spikes(
            Problem(network: Network(neuronCount: 4, synapses: synapses + [back]), duration: 100))
        Self.expectSame(plain, graph, within: 0x1p-29)
    }

    @Test("spike the same whatever the numbering of their neurons", arguments: [0, 0.03, 0.7])
    func permutation(_ delay: Double) throws {
        let problem = Self.problem(delay: delay)
        let order = [3, 0, 4, 1, 2]
        guard case .perNeuron(let states) = problem.initial else { return }
        let synapses = problem.network.outgoing.joined().map {
            Network.Synapse(
                source: order[$0.source], target: order[$0.target], weight: $0.weight, delay: $0.delay,
                jump: $0.jump)
        }
        let place = (0..<5).map { new in order.firstIndex(of: new)! }
        let permuted = Problem(
            models: problem.models, modelIndices: place.map { problem.modelIndices[$0] },
            network: Network(neuronCount: 5, synapses: Array(synapses)),
            initial: .perNeuron(place.map { states[$0] }),
            duration: problem.duration)
        let (a, b) = (try Self.spikes(problem), try Self.spikes(permuted))
        Self.expectSame(a, order.map { b[$0] }, within: 1e-10)
    }

    @Test("deliver a cascade of jumps at one instant to everyone together")
    func cascade() throws {
        // Neuron 0 lifts 1 and 2 over the threshold at once; both together lift 3, which neither could alone.
        let network = Network(
            neuronCount: 4,
            synapses: [(0, 1, 0.9), (0, 2, 0.9), (1, 3, 0.4), (2, 3, 0.4), (3, 0, 0.1)].map {
                .init(source: $0.0, target: $0.1, weight: $0.2, jump: .voltage)
            })
        let problem = Problem(
            model: NeuronModel(drive: 0, noiseStrength: 0), network: network,
            initial: .perNeuron(
                [0.99, 0.5, 0.6, 0.4].map { .init(voltage: $0, current: $0 == 0.99 ? 0.2 : 0) }), duration: 8)
        let spikes = try Self.spikes(problem)
        #expect(spikes.allSatisfy { $0.count == 1 && $0[0] == spikes[0][0] })
    }

    /// Neuron 0 fires at 20 log 6 = 35.8 ms and lifts the other one's I to 40, which takes V to the threshold in 1/40 ms.
    /// Interpolated over the whole step, V of the other would seem to cross long before.
    @Test(
        "fire no earlier than the spikes that make them fire",
        arguments: ["exact-event", "euler-maruyama+linear", "exact-propagator+hermite"])
    func causality(_ integrator: String) throws {
        let network = Network(
            neuronCount: 2,
            synapses: [
                .init(source: 0, target: 1, weight: 40), .init(source: 1, target: 0, weight: 0),
            ])
        let problem = Problem(
            models: [0.06, 0].map { NeuronModel(drive: $0, noiseStrength: 0) }, modelIndices: [0, 1],
            network: network, initial: .fixed(voltage: 0, current: 0), duration: 36)
        let simulation = Simulations.coupled(
            problem,
            tested: integrator == "exact-event" ? [] : [Simulations.participant(integrator, h: 0.5)])
        try simulation.run(firstPath: 0)
        let run: any Run = integrator == "exact-event" ? simulation.reference : simulation.tested[0]
        let first = try #require(run.spikes(neuron: 0, lane: 0).first).time
        let second = try #require(run.spikes(neuron: 1, lane: 0).first).time
        #expect(abs(first - 20 * log(6)) < 0.5)
        #expect(second >= first && second < first + 0.5)
        if integrator == "exact-event" { #expect(abs(second - first - 1.0 / 40) < 1e-3) }
    }

    /// Euler's method for two neurons of which 0 lifts V of 1 at once, in steps of a quarter of a ms: neuron 1 is held
    /// for 4 ms after a spike, and what arrives until then, the last moment included, is lost.
    private static func refractoryPair(start: Double) -> [[Double]] {
        let (h, drives) = (0.25, [0.06, 0.1])
        var (voltages, held) = ([start, 0.2], -1.0)
        var spikes: [[Double]] = [[], []]
        for k in 1...160 {
            let time = Double(k) * h
            for n in 0..<2 { voltages[n] += h * (drives[n] - voltages[n] / 20) }
            if held >= time { voltages[1] = 0 }
            func fire(_ n: Int) {
                voltages[n] = 0
                spikes[n].append(time)
                if n == 1 { held = time + 4 }
            }
            let firing = (0..<2).filter { voltages[$0] >= 1 }
            firing.forEach(fire)
            guard firing.contains(0), held < time else { continue }
            voltages[1] += 0.5
            if voltages[1] >= 1 { fire(1) }
        }
        return spikes
    }

    @Test("lose jumps of V while they are refractory, and take them at once afterwards")
    func refractoryJumps() throws {
        let network = Network(
            neuronCount: 2,
            synapses: [(0, 1, 0.5), (1, 0, 0)].map {
                .init(source: $0.0, target: $0.1, weight: $0.2, jump: .voltage)
            })
        let models = [(0.06, 0.0), (0.1, 4)].map {
            NeuronModel(drive: $0.0, noiseStrength: 0, refractoryPeriod: $0.1)
        }
        for k in 0..<90 {
            let start = 0.01 * Double(k)
            let problem = Problem(
                models: models, modelIndices: [0, 1], network: network,
                initial: .perNeuron([start, 0.2].map { .init(voltage: $0, current: 0) }), duration: 40)
            let simulation = Simulations.coupled(
                problem, tested: [Simulations.participant("euler-maruyama", h: 0.25)])
            try simulation.run(firstPath: 0)
            let found = (0..<2).map { simulation.tested[0].spikes(neuron: $0, lane: 0).map(\.time) }
            #expect(found == Self.refractoryPair(start: start), "V begins at \(start)")
        }
    }

    @Test(
        "have no finite crossing speed where a jump makes the spike",
        arguments: ["exact-event", "exact-propagator+hermite"])
    func speedOfJumps(_ integrator: String) throws {
        // Nobody would fire without the jump at 10.3 ms.
        let problem = Problem(
            model: NeuronModel(drive: 0.04, noiseStrength: 0), network: .single,
            inputs: [.init(.times([10.3], height: 0.9), jump: .voltage, neurons: 0..<1)], duration: 16)
        let simulation = Simulations.coupled(
            problem, tested: [Simulations.participant("exact-propagator+hermite", h: 0.125)])
        try simulation.run(firstPath: 0)
        let run = integrator == "exact-event" ? simulation.reference : simulation.tested[0]
        let spikes = run.spikes(neuron: 0, lane: 0)
        #expect(spikes.count == 1 && spikes[0].crossingSpeed == .infinity)
        #expect(abs(spikes[0].time - 10.3) < 1e-8)
    }

    @Test(
        "end a self-sustained avalanche in an error",
        arguments: ["exact-event", "euler-maruyama", "exact-propagator+hermite"])
    func avalanche(_ integrator: String) {
        let network = Network(
            neuronCount: 2,
            synapses: [
                .init(source: 0, target: 1, weight: 1.5, jump: .voltage),
                .init(source: 1, target: 0, weight: 1.5, jump: .voltage),
            ])
        let problem = Problem(
            model: NeuronModel(drive: 0.06, noiseStrength: 0), network: network, duration: 40)
        #expect(throws: SimulationError.self) {
            if integrator == "exact-event" {
                try Simulations.coupled(problem).run(firstPath: 0)
            } else {
                // With a long delay beside it, the reference would not fail first.
                try CoupledSimulation(
                    problem: problem, forest: Simulations.forest(problem),
                    reference: Simulations.participant(integrator, h: 0.125), tested: [], seed: 1
                ).run(firstPath: 0)
            }
        }
    }

    /// Without noise the exact propagator errs only where it puts spikes: cubic interpolation, V'' jumps at arrivals.
    @Test("converge under grid integrators", arguments: [0, 0.03, 0.7, 5], [Network.Jump.current, .voltage])
    func gridIntegrators(_ delay: Double, _ jump: Network.Jump) throws {
        let problem = Self.problem(delay: delay, jump: jump, inputs: Self.inputs)
        let names = [
            "euler-maruyama", "euler-maruyama+linear", "exact-propagator", "exact-propagator+hermite",
        ]
        let h = 0x1p-10
        let simulation = Simulations.coupled(problem, tested: names.map { Simulations.participant($0, h: h) })
        try simulation.run(firstPath: 0)
        for (name, run) in zip(names, simulation.tested) {
            for neuron in 0..<5 {
                let exact = simulation.reference.spikes(neuron: neuron, lane: 0).map(\.time)
                let found = run.spikes(neuron: neuron, lane: 0).map(\.time)
                #expect(found.count == exact.count, "\(name)")
                // First order in h, times what some ten earlier spikes pass on.
                for (a, b) in zip(found, exact) { #expect(abs(a - b) <= 12 * h, "\(name) \(neuron) \(a)") }
            }
        }
    }

    /// In the first layer nothing is inherited; further on a replay has only the errors of single neurons.
    @Test("replayed on the reference's spikes make their own errors only")
    func replay() throws {
        let network = LayeredFeedforward(layers: 3, width: 2, weights: [0.03, 0.03]).network()
        let problem = Problem(network: network, duration: 100)
        let simulation = CoupledSimulation(
            problem: problem, forest: Simulations.forest(problem), reference: Simulations.exactEvent(),
            tested: [Simulations.participant("exact-propagator", h: 0.25)], seed: 5, replays: true)
        var errors = [[Double]](repeating: [0, 0], count: 3)
        var spikes = [0, 0, 0]
        for group in 0..<64 {
            try simulation.run(firstPath: 8 * group)
            for neuron in 0..<6 {
                for k in 0..<2 {
                    let found = simulation.meanSquaredErrors(run: k, neuron: neuron)
                    errors[neuron / 2][k] += found.all!.sum()
                }
                for lane in 0..<8 {
                    spikes[neuron / 2] += simulation.reference.spikes(neuron: neuron, lane: lane).count
                    guard neuron < 2 else { continue }
                    #expect(
                        simulation.tested[0].spikes(neuron: neuron, lane: lane)
                            == simulation.replayed[0].spikes(neuron: neuron, lane: lane))
                }
            }
        }
        #expect(errors[0][0] == errors[0][1])
        #expect(errors[2][1] < 0.9 * errors[2][0])
        // At every spike single neurons err alike, but that what the grid drops of V grows with the slope, which inputs
        // of 0.03 about double: up to four times in squares.
        let perSpike = (0..<3).map { errors[$0][1] / Double(spikes[$0]) }
        #expect(perSpike[2] < 4 * perSpike[0] && perSpike[2] > 0.5 * perSpike[0], "\(errors) \(spikes)")
    }

    @Test("receive Poisson input at its rate, the same under every step")
    func poisson() throws {
        let input = ExternalInput(.poisson(rate: 0.5, height: 0.02), jump: .current, neurons: 0..<1)
        let problem = Problem(model: NeuronModel(noiseStrength: 0), inputs: [input], duration: 200)
        let simulation = Simulations.coupled(
            problem, tested: [Simulations.participant("exact-propagator+hermite", h: 0x1p-7)])
        var mean = MeanAndError()
        for group in 0..<64 {
            try simulation.run(firstPath: 8 * group)
            for lane in 0..<8 {
                let exact = simulation.reference.spikes(neuron: 0, lane: lane).map(\.time)
                let found = simulation.tested[0].spikes(neuron: 0, lane: lane).map(\.time)
                #expect(exact.count == found.count)
                for (a, b) in zip(exact, found) { #expect(abs(a - b) < 1e-3) }
                mean.add(simulation.reference.state(neuron: 0).current[lane])
            }
        }
        // Campbell's theorem: E I = rate · height · τ_s.
        #expect(abs(mean.mean - 0.5 * 0.02 * 5) < 4 * mean.standardError)
    }
}
