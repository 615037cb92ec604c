import SpikingNumerics

extension SolverRequest {
    /// A request without noise, arrivals and initial states, all of which depend on the paths.
    ///
    /// - Parameter recordInterval: V and I are wanted at every step that ends on a multiple of this, in ms, and at the
    ///   last.
    package init(
        problem: Problem, step: Double, steps: Int, recordInterval: Double, paths: Range<Int>, mode: Mode,
        method: String
    ) {
        let every = max(1, Int((recordInterval / step).rounded()))
        var recorded = Array(stride(from: every, through: steps, by: every))
        if recorded.last != steps { recorded.append(steps) }
        let noisy = problem.models.contains { $0.noiseStrength > 0 }
        self.init(
            mode: noisy ? mode : .deterministic, method: method, model: Model(problem),
            neuronCount: problem.network.neuronCount, synapses: Synapses(problem.network), step: step,
            steps: steps, paths: paths, recordedSteps: recorded, initial: [])
    }
}

extension SolverRequest.Model {
    /// Parameters go by their names in study files.
    init(_ problem: Problem) {
        let family = ModelCatalogue.family(of: problem.model(neuron: 0))
        let neurons = (0..<problem.network.neuronCount).map(problem.model(neuron:))
        name = family.name
        parameters = Dictionary(
            uniqueKeysWithValues: family.parameters.map { parameter in
                (parameter.name, neurons.map { $0[keyPath: parameter.value] })
            })
    }
}

extension SolverRequest.Synapses {
    init(_ network: Network) {
        let all = network.outgoing.joined()
        offsets = network.outgoing.reduce(into: [0]) { $0.append($0.last! + $1.count) }
        targets = all.map(\.target)
        weights = all.map(\.weight)
        delays = all.map(\.delay)
        jumps = all.map { .init($0.jump) }
    }
}

extension SolverRequest.Jump {
    package init(_ jump: Network.Jump) {
        self =
            switch jump {
            case .current: .current
            case .voltage: .voltage
            case .drive: .drive
            case .receptor: preconditionFailure("version 1 has no receptors")
            }
    }
}
