import SpikingNumerics

/// Something to be timed: what runs, on which problem, and in how many units its cost is counted.
struct Workload {
    var name: String
    var problem: Problem
    var reference: any Integrator
    var referenceLevel: Int
    var tested: [CoupledSimulation.Participant]
    /// What is sampled of the noise.
    var content = NoiseContent.propagation
    /// What one path amounts to: steps of the finest level, or neuron-ms.
    var unitsPerPath: Double

    /// Cells of 2^-k of this width, in ms.
    static let rootCell = 3.2

    static let duration = 100 * rootCell

    /// The default neuron, in a network of so many without a synapse.
    static func problem(neurons: Int = 1, model: NeuronModel = NeuronModel()) -> Problem {
        Problem(
            model: model, network: Network(neuronCount: neurons), initial: .fixed(voltage: 0, current: 0),
            duration: duration)
    }

    /// A reference that does nothing.
    static let none = StationaryLaw(name: "none", means: [:], source: "")

    /// Euler and Maruyama's scheme at steps of 2^-level root cells, on one pass down the Brownian tree.
    static func eulerMaruyama(
        levels: [Int], neurons: Int = 1, content: NoiseContent = .propagation
    ) -> Workload {
        Workload(
            name: "euler-maruyama at \(levels.count) steps", problem: problem(neurons: neurons),
            reference: none,
            referenceLevel: levels.min()!,
            // That of the catalogue is compiled for its scheme and rule.
            tested: levels.map { .init(IntegratorCatalogue.integrator(named: "euler-maruyama")!, level: $0) },
            content: content,
            unitsPerPath: Double(neurons) * duration / rootCell * Double(1 << levels.max()!))
    }

    /// As `eulerMaruyama`, of a thousand neurons of which each sends to `fanOut` others, too weakly to change what they do.
    static func network(fanOut: Int) -> Workload {
        let count = 1000
        var workload = eulerMaruyama(levels: Array(1...5), neurons: count)
        let synapses = (0..<count).flatMap { source in
            (0..<fanOut).map {
                Network.Synapse(
                    source: source, target: (source + 1 + $0) % count, weight: 1e-9, delay: 2 * rootCell)
            }
        }
        workload.problem.network = Network(neuronCount: count, synapses: synapses)
        return workload
    }

    /// The reference alone.
    static func exactEvent(baseLevel: Int?, model: NeuronModel = NeuronModel()) throws -> Workload {
        let problem = problem(model: model)
        let forest = try BrownianForest(problem, rootCell: rootCell, content: .propagation)
        return Workload(
            name: "exact-event", problem: problem, reference: ExactEvent(),
            referenceLevel: baseLevel ?? ExactEvent.baseLevel(problem, forest: forest), tested: [],
            unitsPerPath: duration)
    }

    func makeSimulation() throws -> CoupledSimulation {
        CoupledSimulation(
            problem: problem, forest: try BrownianForest(problem, rootCell: Self.rootCell, content: content),
            reference: .init(reference, level: referenceLevel), tested: tested, seed: 2026)
    }
}
