import SpikingNumerics

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
        let shortest = problem.models.shortestTimeConstant
        if steps.contains(where: { $0 >= shortest }) {
            self["steps"]?.report(
                "fokker-planck needs steps below both time constants",
                remedy: "make all steps shorter than \(shortest.shortest) ms")
        }
    }
}
