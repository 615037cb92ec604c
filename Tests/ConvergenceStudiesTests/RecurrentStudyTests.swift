import ConvergenceStudies
import SpikingNumerics
import Testing

@Suite("Recurrent networks and inputs in study files")
struct RecurrentStudyTests {
    private func problem(_ part: String, _ other: String) throws -> Problem {
        try StudyFile.parse(StudyText.replacing(part, with: other), file: "s.yaml").problem
    }

    @Test("every key of a recurrent topology")
    func recurrent() throws {
        let problem = try problem(
            "topology: single",
            """
            topology:
                recurrent:
                  populations: {E: {size: 8, parameters: {tau_m: 10, t_ref: 2}}, I-2: {size: 5}}
                  connections:
                    - {from: E, to: I-2, rule: fixed-in-degree, in_degree: 3, weight: 0.01, delay: 1.5}
                    - {from: E, to: E, rule: dense, weight: 0.02, delay: [1, 2.5]}
                    - {from: I-2, to: E, rule: erdos-renyi, probability: 0.5, weight: -0.3, synapse: delta}
                    - {from: I-2, to: I-2, rule: gaussian, probability: 0.9, width: 0.2, weight: 0.04, synapse: current}
                  connectivity_seed: 7
            """)
        let base = NeuronModel()
        var fast = base
        (fast.membraneTimeConstant, fast.refractoryPeriod) = (10, 2)
        let expected = RecurrentNetwork(
            populations: [.init(name: "E", size: 8, model: fast), .init(name: "I-2", size: 5, model: base)],
            projections: [
                .init(from: "E", to: "I-2", rule: .fixedInDegree(3), weight: 0.01, delay: .fixed(1.5)),
                .init(from: "E", to: "E", rule: .dense, weight: 0.02, delay: .uniform(1...2.5)),
                .init(
                    from: "I-2", to: "E", rule: .erdosRenyi(probability: 0.5), weight: -0.3, jump: .voltage),
                .init(from: "I-2", to: "I-2", rule: .gaussian(probability: 0.9, width: 0.2), weight: 0.04),
            ],
            connectivitySeed: 7)
        #expect(problem.network == expected.network())
        #expect(problem.models == [fast, base] && problem.modelIndices == expected.modelIndices)
    }

    @Test("populations take from problem.parameters what they do not have of their own")
    func overrides() throws {
        let text = StudyText.replacing("tau_m: 20", with: "tau_m: 30, t_ref: 1").replacing(
            "topology: single",
            with: """
                topology: {recurrent: {populations: {A: {size: 1, parameters: {t_ref: 0}}, B: {size: 1}},
                    connections: [{from: A, to: B, rule: dense, weight: 0.01}]}}
                """)
        let models = try StudyFile.parse(text, file: "s.yaml").problem.models
        #expect(models.map(\.membraneTimeConstant) == [30, 30])
        #expect(models.map(\.refractoryPeriod) == [0, 1])
    }

    @Test("without an initial V, every neuron starts at its own V_r")
    func initialState() throws {
        let text = StudyText.replacing("{V: 0, I: 0}", with: "{I: 0.01}").replacing(
            "topology: single",
            with: """
                topology: {recurrent: {populations: {A: {size: 1, parameters: {V_r: -1}}, B: {size: 1}},
                    connections: [{from: A, to: B, rule: dense, weight: 0.01}]}}
                """)
        #expect(
            try StudyFile.parse(text, file: "s.yaml").problem.initial
                == .perNeuron([.init(voltage: -1, current: 0.01), .init(voltage: 0, current: 0.01)]))
    }

    @Test("every pattern of input, and how it acts")
    func inputs() throws {
        let problem = try problem(
            "topology: single",
            """
            topology: {layers: 2, width: 3, weight: 0.01}
              inputs:
                - {poisson: {rate: 0.5, height: 0.01}}
                - {to: layer-2, times: {at: [10, 20], height: 0.1}, as: voltage}
                - {to: all, pulse: {from: 20, until: 60, height: 0.02}}
                - {to: layer-1, uniform: {low: 0, high: 0.02, interval: 1}, as: current}
            """)
        #expect(
            problem.inputs == [
                .init(.poisson(rate: 0.5, height: 0.01), jump: .current, neurons: 0..<6),
                .init(.times([10, 20], height: 0.1), jump: .voltage, neurons: 3..<6),
                .init(.pulse(height: 0.02, start: 20, end: 60), jump: .drive, neurons: 0..<6),
                .init(.uniform(low: 0, high: 0.02, interval: 1), jump: .current, neurons: 0..<3),
            ])
        let single = try self.problem("duration", "inputs: [{poisson: {rate: 1, height: 0.01}}]\n  duration")
        #expect(single.inputs == [.init(.poisson(rate: 1, height: 0.01), jump: .current, neurons: 0..<1)])
    }
}
