import SpikingNumerics

/// A solver that is a function for one step of one neuron: the shortest way to take the test.
///
///     let mine = StepSolver(name: "mine") { state, neuron, h, increment in
///         // … state.voltage and state.current, neuron.membraneTimeConstant and so on
///         return hasSpiked
///     }
///
/// Spikes have the times of the ends of their steps.  Synapses, inputs from outside, refractory periods and noise of the
/// solver's own need a `PathSolver` written out; here they are unsupported cases, which tests skip and say so.
public struct StepSolver: PathSolver {
    /// From the beginning of a step to its end.
    ///
    /// - Parameters:
    ///   - state: V (V-units) and I (V-units/ms), to be moved on, and reset after a spike.
    ///   - neuron: Its parameters.
    ///   - step: h in ms.
    ///   - increment: ΔW of the step, whose variance is h; 0 for a neuron without noise.
    /// - Returns: Whether there was a spike.
    public typealias Step =
        @Sendable (
            _ state: inout Problem.NeuronState, _ neuron: NeuronModel, _ step: Double, _ increment: Double
        ) -> Bool

    public let name: String
    private let step: Step

    /// - Parameter step: May be called from several threads at a time.
    public init(name: String, step: @escaping Step) {
        self.name = name
        self.step = step
    }

    /// - Throws: `UnsupportedCase`.
    public func solve(_ request: SolverRequest) throws(UnsupportedCase) -> SolverReply {
        try checkSupport(of: request)
        let neurons = try (0..<request.neuronCount).map { index throws(UnsupportedCase) in
            try neuron(index, of: request)
        }
        var reply = SolverReply(to: request, solver: name, version: "", stamps: .stepEnd)
        for path in 0..<request.paths.count {
            for (index, neuron) in neurons.enumerated() {
                integrate(neuron, index, path, request, &reply)
            }
        }
        return reply
    }

    private func integrate(
        _ neuron: NeuronModel, _ index: Int, _ path: Int, _ request: SolverRequest, _ reply: inout SolverReply
    ) {
        let initial = request.initialState(path: path, neuron: index)
        var state = Problem.NeuronState(voltage: initial.voltage, current: initial.current)
        var record = 0
        for k in 0..<request.steps {
            let increment =
                request.increments.isEmpty ? 0 : request.increment(path: path, step: k, neuron: index)
            if step(&state, neuron, request.step, increment) {
                reply.addSpike(path: path, neuron: index, time: Double(k + 1) * request.step)
            }
            if request.recordedSteps[record] == k + 1 {
                reply.setState(
                    path: path, record: record, neuron: index, voltage: state.voltage, current: state.current)
                record += 1
            }
        }
    }

    private func neuron(_ index: Int, of request: SolverRequest) throws(UnsupportedCase) -> NeuronModel {
        guard let family = ModelCatalogue.family(named: request.model.name) else {
            throw UnsupportedCase("there is no model \(request.model.name)")
        }
        var model = family.usual
        for parameter in family.parameters {
            model[keyPath: parameter.value] = request.parameter(parameter.name, neuron: index)
        }
        guard model.refractoryPeriod == 0 else {
            throw UnsupportedCase("a function for one step knows no refractory period")
        }
        return model
    }

    private func checkSupport(of request: SolverRequest) throws(UnsupportedCase) {
        guard request.synapses.targets.isEmpty, request.arrivals.isEmpty else {
            throw UnsupportedCase("a function for one step of one neuron knows no synapses and inputs")
        }
        guard request.mode != .weak else {
            throw UnsupportedCase("a function of the increments draws no noise of its own")
        }
    }
}
