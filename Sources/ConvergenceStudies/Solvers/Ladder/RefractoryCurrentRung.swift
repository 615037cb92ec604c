import SolverProtocol
import SpikingNumerics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// I of a neuron that is refractory: it runs on, and what arrives is added.
struct RefractoryCurrentRung: Rung {
    static let name = "input while refractory"
    private static let weight = 0.3
    /// In steps.
    private static let delay = 2.0
    private static let initial = 0.2
    private static let held = 12.0
    /// In steps; the neuron is refractory from about step 4 to step 52.
    private static let looked = 50
    /// Of I, from a method's own error of 6 % at most.
    private static let tolerance = 0.006

    func climb(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding {
        let step = RegularNeuron.step
        let target = RegularNeuron.model(
            rest: 0, reset: 0, threshold: 1, refractoryPeriod: Self.held, period: 4.4)
        // It fires once.
        let source = RegularNeuron.model(rest: 0, reset: 0, threshold: 1, refractoryPeriod: 100)
        let problem = Problem(
            models: [source, target], modelIndices: [0, 1],
            network: Network(
                neuronCount: 2,
                synapses: [.init(source: 0, target: 1, weight: Self.weight, delay: Self.delay * step)]),
            initial: .perNeuron([.init(voltage: 0, current: 0), .init(voltage: 0, current: Self.initial)]),
            duration: 16)
        let answer = try await probe.ask(problem, step: step)
        guard let sent = answer.spikes(neuron: 0).first, let own = answer.spikes(neuron: 1).first, own < sent
        else {
            return .init(
                .fail, "a neuron that should be refractory has not fired",
                diagnosis: "see the rung on spike times")
        }
        let tau = target.synapticTimeConstant
        func left(_ steps: Double) -> Double { exp(-steps * step / tau) }
        let old = Self.initial * left(Double(Self.looked))
        let new = Self.weight * left(Double(Self.looked) - sent - Self.delay)
        let frozen = Self.initial * left(own)
        let cases: [(current: Double, diagnosis: String)] = [
            (old + new, ""),
            (old, "what arrives while a neuron is refractory is dropped: only V is held, I jumps as ever"),
            (
                frozen,
                "I stands still while a neuron is refractory, and what arrives is dropped: only V is held, I runs on"
            ),
            (frozen + Self.weight, "I stands still while a neuron is refractory: only V is held, I runs on"),
            (0, "I is zero while a neuron is refractory: only V is held, I runs on"),
            (new, "I is set to zero at a spike: only V is reset, I runs on"),
        ]
        let current = answer.currents(neuron: 1)[Self.looked - 1]
        let text =
            "I of a refractory neuron is \(StepText.number(current)) where \(StepText.number(old + new)) is right"
        if abs(current - cases[0].current) <= Self.tolerance {
            return .init(.pass, "I runs on and jumps while a neuron is refractory")
        }
        let nearest = cases.dropFirst().min { abs($0.current - current) < abs($1.current - current) }!
        return .init(
            .fail, text,
            diagnosis: abs(nearest.current - current) <= 2 * Self.tolerance
                ? nearest.diagnosis : "only V is held while a neuron is refractory: I runs on and jumps")
    }
}
