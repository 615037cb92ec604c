import SolverProtocol
import SpikingNumerics

/// When and how high I jumps after a spike: neuron 0 reaches neuron 1 at once and neuron 2 four steps later.
struct JumpRung: Rung {
    static let name = "synaptic jumps"
    private static let weights = [0.3, -0.2]
    private static let delays = [0.0, 4.0]

    func climb(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding {
        let step = RegularNeuron.step
        let target = NeuronModel(threshold: 100, drive: 0, noiseStrength: 0)
        let problem = Problem(
            models: [RegularNeuron.models[0], target], modelIndices: [0, 1, 1],
            network: Network(
                neuronCount: 3,
                synapses: (0..<2).map {
                    .init(source: 0, target: $0 + 1, weight: Self.weights[$0], delay: Self.delays[$0] * step)
                }),
            initial: .fixed(voltage: 0, current: 0), duration: 16)
        let answer = try await probe.ask(problem, step: step)
        guard let spike = answer.spikes(neuron: 0).first else {
            return .init(.fail, "neuron 0 does not fire", diagnosis: "see the rung on spike times")
        }
        var lateness: [Int] = []
        for synapse in 0..<2 {
            let currents = answer.currents(neuron: synapse + 1)
            let weight = Self.weights[synapse]
            let due = Int((spike + Self.delays[synapse]).rounded(.up))
            guard let arrival = currents.firstIndex(where: { abs($0) > 1e-3 * abs(weight) }).map({ $0 + 1 })
            else {
                return .init(
                    .fail, "neuron \(synapse + 1) receives nothing from neuron 0",
                    diagnosis:
                        "offsets and targets list the synapses that leave a neuron, not those that reach it")
            }
            lateness.append(arrival - due)
            if let finding = check(
                height: currents[arrival - 1] / weight, of: synapse,
                decay: step / target.synapticTimeConstant,
                lateness: arrival - due)
            {
                return finding
            }
        }
        return judge(lateness)
    }

    private func judge(_ lateness: [Int]) -> ConformanceLadder.Finding {
        switch (lateness[0], lateness[1]) {
        case (0, 0):
            .init(
                .pass, "I jumps by the weight where the spike is, and 4 steps later with a delay of 4 steps")
        case (1, 0):
            .init(
                .note, "delays are kept, but a synapse without delay takes one step",
                diagnosis: "networks without delays get an error of one step per synapse, which falls with h")
        case (_, -4):
            .init(.fail, "a jump with a delay of 4 steps arrives at once", diagnosis: "delays are not used")
        case let (none, some) where none == some:
            .init(
                .fail, "synaptic jumps arrive \(StepText.shift(none))",
                diagnosis: "a spike of the step from t to t + h acts on I at t + h plus the delay")
        case let (none, some):
            .init(
                .fail,
                "a jump without delay arrives \(none == 0 ? "in time" : StepText.shift(none)), one with a delay of 4 steps "
                    + (some == 0 ? "in time" : StepText.shift(some)),
                diagnosis: "delays are in ms; rounded to steps they must neither gain nor lose one")
        }
    }

    /// - Parameter decay: What I loses in a step, relatively.
    private func check(
        height: Double, of synapse: Int, decay: Double, lateness: Int
    ) -> ConformanceLadder.Finding? {
        guard abs(height - 1) > 2 * decay else { return nil }
        let text = "I of neuron \(synapse + 1) jumps by \(StepText.number(height)) times the weight"
        let other = height * Self.weights[synapse] / Self.weights[1 - synapse]
        let diagnosis =
            if abs(height + 1) < 2 * decay {
                "the weight's sign is lost"
            } else if abs(other - 1) < 2 * decay {
                "the synapses' weights are mixed up"
            } else {
                "weight is the height of the jump of I, in V-units/ms: it is multiplied by neither h nor a time constant"
            }
        return .init(.fail, text, diagnosis: diagnosis)
    }
}
