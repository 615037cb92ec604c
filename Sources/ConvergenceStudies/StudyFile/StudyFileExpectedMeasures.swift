import SpikingNumerics

/// The measure that an expectation names.
extension StudyFileValue {
    /// Expectations name the measure of a row, of which `spike-times` has several.
    func expectedMeasure(_ run: [Study.MeasureChoice]?) -> Study.MeasureChoice? {
        let families = MeasureFamilies.all
        if case .scalar(let scalar) = node, let family = families.first(where: { $0.name == scalar.string }) {
            if family.measures.isEmpty {
                report(
                    "\(family.name) has no order of convergence",
                    remedy: "expect something of another measure")
                return nil
            }
            if family.measures.allSatisfy({ $0.name != family.name }) {
                let names = family.measures.map(\.name).joined(separator: ", ")
                report("\(family.name) stands for several measures", remedy: "name one of them: \(names)")
                return nil
            }
        }
        var names: [String] = []
        for measure in families.flatMap(\.measures) where !names.contains(measure.name) {
            names.append(measure.name)
        }
        guard let measure = measure(among: names, observables: Self.observables), let run else { return nil }
        let isRun = run.contains { choice in
            MeasureCatalogue.measures(named: choice.name, observable: choice.observable)
                .contains { $0.name == measure.name && $0.observable == measure.observable }
        }
        if isRun { return measure }
        let family = families.first { $0.measures.contains { $0.name == measure.name } }?.name ?? measure.name
        let entry = family == "weak" ? "{weak: \(measure.observable)}" : family
        report(
            "the study does not measure this", remedy: "add \(entry) to `measures`, or remove the expectation"
        )
        return nil
    }

    /// Of each measure that is one of several of its name: the observable of a weak error, the α(h) of a good set.
    private static var observables: [String: [String]] {
        let measures = MeasureCatalogue.families.flatMap(\.measures).filter { !$0.observable.isEmpty }
        return Dictionary(grouping: measures, by: \.name).mapValues { $0.map(\.observable) }
    }
}
