import SpikingNumerics
import Testing

/// Whole runs, which take many steps at once where nothing disturbs them, against the plain loop over their schemes.
@Suite("Runs on a grid")
struct GridRunTests {
    static let rootCell = 3.2
    static let level = 4
    static let cells = 100

    /// V after each step and the numbers of the steps with a spike, of eight paths, by scheme and threshold alone.
    static func loop(
        _ scheme: some Scheme, _ model: NeuronModel, forest: BrownianForest, seed: UInt64
    ) -> (voltages: [Lanes], spikes: [[Int]]) {
        var state = LaneState(voltage: .zero, current: .zero)
        var voltages: [Lanes] = []
        var spikes = [[Int]](repeating: [], count: 8)
        for cell in 0..<cells {
            let stream = BrownianTree.Stream(
                Philox(seed: seed, purpose: .pathNoise), firstPath: 0, neuron: 0, rootCell: cell)
            for index in 0..<1 << level {
                var noise = forest[neuron: 0].cell(stream, level: level, index: index)
                // ΔW, and ΔZ in the place of X_1.
                if forest.content == .integrals { noise.n0 += LinearFunctionals(model).rates[0] * noise.n1 }
                scheme.advance(&state, noise: noise)
                voltages.append(state.voltage)
                for lane in 0..<8 where state.voltage[lane] >= model.threshold {
                    state.voltage[lane] = model.reset
                    voltages[voltages.count - 1][lane] = model.reset
                    spikes[lane].append(voltages.count)
                }
            }
        }
        return (voltages, spikes)
    }

    @Test(
        "are the loop over scheme and threshold", arguments: KnownScheme.all.map(\.name),
        [NoiseContent.increments, .integrals, .propagation, .functionals])
    func plainLoop(_ name: String, _ content: NoiseContent) throws {
        guard content.contains(KnownScheme.of(name).type.noise) else { return }
        let model = NeuronModel(drive: 0.06)
        let problem = Problem(
            model: model, network: Network(neuronCount: 1), initial: .fixed(voltage: 0, current: 0),
            duration: Double(Self.cells) * Self.rootCell)
        let forest = try BrownianForest(problem, rootCell: Self.rootCell, content: content)
        let found = IntegratorCatalogue.integrator(named: name)
        let integrator = try #require(found)
        let none = StationaryLaw(name: "none", means: [:], source: "")
        let simulation = CoupledSimulation(
            problem: problem, forest: forest, reference: .init(none, level: 0),
            tested: [.init(integrator, level: Self.level)], seed: 7)
        try simulation.run(firstPath: 0)
        let step = forest.width(level: Self.level)
        let scheme = KnownScheme.of(name).type.init(model: model, step: step)
        let expected = Self.loop(scheme, model, forest: forest, seed: 7)
        // Rounding decays with τ_m; each step adds a few units in the last place of numbers below 2.
        let tolerance = 16 * Double.ulpOfOne * model.membraneTimeConstant / step
        for lane in 0..<8 {
            let spikes = simulation.tested[0].spikes(neuron: 0, lane: lane)
            let times = spikes.map { $0.time }
            let expectedTimes = expected.spikes[lane].map { Double($0) * step }
            #expect(times == expectedTimes)
            #expect(spikes.count > 3)
            let end = simulation.tested[0].state(neuron: 0).voltage[lane]
            #expect(abs(end - expected.voltages.last![lane]) < tolerance)
        }
        let recorded = try simulation.recordTrace(path: 0, neuron: 0, within: 0...problem.duration).tested
        let stride = 1 << (Self.level - CoupledSimulation.usualRecordLevel)
        let points = 1 + expected.voltages.count / stride
        #expect(recorded.count == points)
        for (k, point) in recorded.dropFirst().enumerated() {
            let voltage = expected.voltages[(k + 1) * stride - 1][0]
            #expect(abs(point.voltage - voltage) < tolerance)
        }
    }
}
