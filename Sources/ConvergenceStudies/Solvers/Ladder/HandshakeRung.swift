import SolverProtocol
import SpikingNumerics

/// A complete reply at all.
struct HandshakeRung: Rung {
    static let name = "handshake"

    func climb(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding {
        let quiet = NeuronModel(drive: 0, noiseStrength: 0)
        let answer = try await probe.ask(Problem(model: quiet, duration: 4), step: 1)
        let record = SolverRecord(
            integrator: probe.choice.name, mode: probe.choice.mode, identity: answer.solved.identity,
            skipped: [])
        guard answer.spikes(neuron: 0).isEmpty else {
            return .init(
                .fail, "a neuron without input and noise spikes",
                diagnosis: "V_th or the initial state is not used")
        }
        return .init(.pass, record.summary)
    }
}
