import SpikingNumerics

/// Studies against `fokker-planck` are of one neuron's stationary law.
extension StudyFileMapping {
    func checkStationary(
        _ problem: Problem, integrators: [String], measures: [Study.MeasureChoice], steps: [Double]
    ) {
        if let reason = Self.reasonAgainst(problem) {
            self["problem"]?.report(
                "fokker-planck \(reason.text)", remedy: reason.remedy)
        }
        if integrators != [StationaryEstimates.integrator] {
            self["integrators"]?.report(
                "fokker-planck knows the law of \(StationaryEstimates.integrator) only",
                remedy: "write integrators: [\(StationaryEstimates.integrator)]")
        }
        let known = FokkerPlanck.Quantity.observables.keys.sorted()
        if !measures.allSatisfy({ $0.name == "weak" && known.contains($0.observable) }) {
            self["measures"]?.report(
                "fokker-planck has laws but no paths, so only weak errors of a stationary mean can be measured",
                remedy: "use {weak: \(known.joined(separator: "}, {weak: "))}")
        }
        let shortest = min(problem.models[0].membraneTimeConstant, problem.models[0].synapticTimeConstant)
        if steps.contains(where: { $0 >= shortest }) {
            self["steps"]?.report(
                "fokker-planck needs steps below both time constants",
                remedy: "make all steps shorter than \(shortest.shortest) ms")
        }
    }

    private static func reasonAgainst(_ problem: Problem) -> (text: String, remedy: String)? {
        guard problem.network.neuronCount == 1, problem.inputs.isEmpty else {
            return ("is for one neuron without inputs", "use topology: single and no inputs")
        }
        guard problem.models[0].refractoryPeriod == 0 else {
            return ("is for neurons without a refractory period", "remove t_ref")
        }
        guard problem.models[0].noiseStrength > 0 else {
            return ("needs noise: without, there is no stationary density", "make sigma positive")
        }
        guard problem.isStationaryNeuron else {
            return ("is about the stationary law", "write initial: {stationary: 500}")
        }
        return nil
    }
}
