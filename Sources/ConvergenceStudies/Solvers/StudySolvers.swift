import SolverProtocol
import SpikingNumerics

/// What a study can and cannot ask of solvers outside the catalogue.
extension Study {
    /// Nil for an integrator of the catalogue.
    func mode(of integrator: String) -> SolverRequest.Mode? {
        solvers.first { $0.name == integrator }?.mode
    }

    /// A solver that draws its own noise has no path in common with the reference, so only averages can be compared.
    func admits(_ measure: any Measure, of integrator: String) -> Bool {
        mode(of: integrator) != .weak || !measure.needs.contains(.commonPath)
    }

    /// Why a solver among the integrators cannot be asked for a measure, by the name of its family; nil where it can, and
    /// without solvers.
    func refusal(ofMeasure name: String) -> String? {
        guard !solvers.isEmpty, let needs = MeasureFamilies.needs(of: name)?.intersection(.internals),
            !needs.isEmpty
        else { return nil }
        return
            "\(name) needs the speeds of crossings and runs from displaced states, which a solver outside the "
            + "catalogue does not tell"
    }

    /// - Throws: `StudyPlanError` where a solver cannot be asked for what the study wants.
    func checkSolvers() throws(StudyPlanError) {
        guard let solver = solvers.first else { return }
        if let reason = problem.models.lazy.compactMap(Self.refusal).first {
            throw .solver(solver.name, reason)
        }
        if replay { throw .solver(solver.name, Self.noReplay) }
        if let reason = measures.lazy.compactMap({ refusal(ofMeasure: $0.name) }).first {
            throw .solver(solver.name, reason)
        }
    }

    /// Why a neuron cannot be told to a solver; nil where it can.
    static func refusal(_ model: NeuronModel) -> String? {
        if model.nonlinearity != nil {
            return "the solver protocol has no words for a nonlinear neuron's function of V yet"
        }
        return model.receptors.isEmpty ? nil : "the solver protocol has no words for receptors yet"
    }

    static let noReplay = "a solver outside the catalogue cannot replay the reference's spikes"
}
