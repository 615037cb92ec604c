import SpikingNumerics

extension Study.Reference {
    /// Why this problem has no stationary law to be had from the Fokker-Planck equation; nil where it has.
    func refusalOfFokkerPlanck(_ problem: Problem, measures: [Study.MeasureChoice]) -> String? {
        if let reason = problem.models.lazy.compactMap(StationaryLaw.refusalOfFokkerPlanck).first {
            return reason
        }
        if problem.models.count > 1 || problem.network.neuronCount > 1 || !problem.inputs.isEmpty {
            return "it is about one neuron without inputs"
        }
        guard case .stationary = problem.initial else {
            return "it is about the stationary state; write initial: {stationary: 500}"
        }
        let known = FokkerPlanck.Quantity.observables.keys.sorted()
        let other = measures.first { $0.name != "weak" || !known.contains($0.observable) }
        return other.map { other in
            "it knows means and no path, so weak errors of \(known.joined(separator: ", ")) are all it can measure, "
                + "not \(other.name) \(other.observable)"
        }
    }
}

extension StudyFileMapping {
    /// Without paths only one integrator's law is known.
    func checkUnsampled(_ problem: Problem, integrators: [String], steps: [Double]) {
        if integrators != [StationaryEstimates.integrator] {
            self["integrators"]?.report(
                "without sampling only the law of \(StationaryEstimates.integrator) is known",
                remedy:
                    "write integrators: [\(StationaryEstimates.integrator)], or add `sampling: {paths: 20480}`"
            )
        }
        let shortest = problem.models.flatMap { [$0.membraneTimeConstant, $0.synapticTimeConstant] }.min()!
        if steps.contains(where: { $0 >= shortest }) {
            self["steps"]?.report(
                "fokker-planck needs steps below both time constants",
                remedy: "make all steps shorter than \(shortest.shortest) ms")
        }
    }
}
