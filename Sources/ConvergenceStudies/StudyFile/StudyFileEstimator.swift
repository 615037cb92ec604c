import SpikingNumerics

/// The `estimator` key: a mean to be estimated by multilevel Monte Carlo.
///
///     estimator: {multilevel: {observable: spike-count, accuracy: [0.01, 0.005], pilot: 1024}}
extension StudyFileValue {
    private static var estimatorExample: String {
        "{multilevel: {observable: spike-count, accuracy: [0.01, 0.005]}}"
    }

    func estimator() -> Study.MultilevelChoice? {
        guard
            let keys = mapping(keys: ["multilevel"], example: Self.estimatorExample)?
                .required("multilevel", example: "{observable: spike-count, accuracy: [0.01, 0.005]}")?
                .mapping(
                    keys: ["observable", "accuracy", "pilot"],
                    example: "{observable: spike-count, accuracy: [0.01, 0.005]}")
        else { return nil }
        let observable = keys.required("observable", example: "spike-count")?
            .name(
                "observable", among: MeasureCatalogue.observables,
                help: "`spikeverify list observables` shows all")
        let accuracies = keys.required("accuracy", example: "[0.01, 0.005]")?
            .list(of: "standard errors", example: "[0.01, 0.005]")?
            .unique("accuracy") {
                $0.number(
                    .positive, remedy: "give a standard error in the observable's unit, for example 0.01")
            }
        let pilot = keys.optional("pilot", default: Study.MultilevelChoice.usualPilot) { $0.pilot() }
        guard let observable, let accuracies, let pilot else { return nil }
        return Study.MultilevelChoice(observable: observable, accuracies: accuracies, pilot: pilot)
    }

    private func pilot() -> Int? {
        let remedy = "give the number of paths of each level to begin with, for example 1024"
        guard let pilot = integer(in: 64...(1 << 20), remedy: remedy).map({ Int($0) }) else { return nil }
        if pilot.isMultiple(of: LevelAllocation.grain) { return pilot }
        report(
            "is \(pilot), but paths are simulated \(LevelAllocation.grain) at a time",
            remedy: "make it \((pilot / LevelAllocation.grain + 1) * LevelAllocation.grain)")
        return nil
    }

    /// On the `estimator` key.
    func checkEstimator(_ reference: Study.Reference, solvers: [String]) {
        if reference != .exactEvent {
            report(
                "multilevel Monte Carlo has exact-event as its last level, and the study's reference is another",
                remedy: "write reference: exact-event, or remove the estimator")
        }
        if let solver = solvers.first {
            report(
                "\(solver) is a program, and multilevel Monte Carlo runs integrators of the catalogue only",
                remedy: "remove the solver or the estimator")
        }
    }
}
