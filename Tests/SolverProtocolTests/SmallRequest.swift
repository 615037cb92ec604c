import SolverProtocol
import SpikingNumerics

/// A request for two paths of two neurons, eight steps of 0.5 ms.
enum SmallRequest {
    static let problem = Problem(
        models: [NeuronModel(noiseStrength: 0.25), NeuronModel(membraneTimeConstant: 10)],
        modelIndices: [0, 1],
        network: Network(
            neuronCount: 2,
            synapses: [.init(source: 1, target: 0, weight: 0.5, delay: 1.5, jump: .voltage)]),
        initial: .fixed(voltage: 0, current: 0), duration: 4)

    static var request: SolverRequest {
        var request = SolverRequest(
            problem: problem, step: 0.5, steps: 8, recordInterval: 1, paths: 16..<18, mode: .strong,
            method: "euler")
        request.initial = .init(repeating: 0.125, count: 8)
        request.increments = (0..<32).map { Double($0) / 16 }
        request.seed = 7
        return request
    }

    /// V = 0.5 everywhere, and no spike.
    static func reply(stamps: SolverIdentity.Stamps = .stepEnd) -> SolverReply {
        var reply = SolverReply(to: request, solver: "small", version: "1", stamps: stamps)
        reply.states = reply.states.map { _ in 0.5 }
        return reply
    }
}
