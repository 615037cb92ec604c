import SpikingNumerics

/// The `expect` key: what observed orders, errors and scalars should be.
extension StudyFileValue {
    /// - Parameters: What the study runs; nil where that was reported, so that nothing can be checked against it.
    func expectations(of run: ExpectableStudy) -> [Study.Expectation]? {
        let example = "[{measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 0.1}]"
        guard let values = list(of: "expectations", example: example) else { return nil }
        let expectations = values.map { $0.expectation(of: run) }
        var subjects: Set<Study.Expectation> = []
        for (value, expectation) in zip(values, expectations) {
            guard var subject = expectation else { continue }
            (subject.kind, subject.expected, subject.tolerance) = (.equals, 0, 0)
            if !subjects.insert(subject).inserted {
                value.report(
                    "there are two expectations of the same measure, integrator and case",
                    remedy: "remove one of them")
            }
        }
        return expectations.contains(nil) ? nil : expectations.compactMap { $0 }
    }

    private func expectation(of run: ExpectableStudy) -> Study.Expectation? {
        let known = [
            "measure", "scalar", "method", "integrator", "h", "order", "value", "tolerance", "kind", "case",
        ]
        let example = "{measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 0.1}"
        guard let keys = mapping(keys: known, example: example) else { return nil }
        let quantity = keys["scalar"] != nil ? keys.expectedScalar(run) : keys.expectedError(run)
        let integrator = keys.required("integrator", example: "euler-maruyama")?
            .expectedIntegrator(run, isScalar: keys["scalar"] != nil)
        let kind = keys.optional("kind", default: .equals) { $0.kind() }
        let expected = keys.expectedNumber()
        let tolerance = keys.tolerance(isNeeded: kind == .equals)
        let place = keys.optional("case", default: "network") { $0.expectedCase(run.populations) }
        guard let quantity, let integrator, let expected, let tolerance, let kind, let place else {
            return nil
        }
        return Study.Expectation(
            quantity, integrator: integrator, case: place, kind: kind, expected: expected,
            tolerance: tolerance)
    }

    /// Expectations name the measure of a row, of which `spike-times` has several.
    func expectedMeasure(_ run: [Study.MeasureChoice]?) -> Study.MeasureChoice? {
        let families = MeasureCatalogue.families
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
        guard let measure = measure(among: names), let run else { return nil }
        let isRun = run.contains { choice in
            MeasureCatalogue.measures(named: choice.name, observable: choice.observable)
                .contains { $0.name == measure.name && $0.observable == measure.observable }
        }
        if isRun { return measure }
        let family = families.first { $0.measures.contains { $0.name == measure.name } }?.name ?? measure.name
        let entry = measure.observable.isEmpty ? family : "{\(family): \(measure.observable)}"
        report(
            "the study does not measure this", remedy: "add \(entry) to `measures`, or remove the expectation"
        )
        return nil
    }

    /// A scalar may also be the reference's.
    private func expectedIntegrator(_ run: ExpectableStudy, isScalar: Bool) -> String? {
        let isReference = node.scalar.map { $0.string == run.reference } ?? false
        if isScalar, isReference { return run.reference }
        guard let name = integrator(), let integrators = run.integrators else { return nil }
        if integrators.contains(name) { return name }
        report("the study does not run \(name)", remedy: "add it to `integrators`, or remove the expectation")
        return nil
    }

    private func expectedCase(_ populations: [String]?) -> String? {
        guard let name = text("the name of a case"), let populations else { return nil }
        let cases = ["network"] + populations
        if cases.contains(name) { return name }
        let shown = cases.prefix(5).joined(separator: ", ") + (cases.count > 5 ? ", …" : "")
        report(
            "there is no case \"\(name)\"",
            remedy: NearestName.remedy(for: name, among: cases, otherwise: "this study has \(shown)"))
        return nil
    }

    private func kind() -> Study.Expectation.Kind? {
        let names = Study.Expectation.Kind.allCases.map(\.rawValue)
        return name("kind", among: names, help: "one of \(names.joined(separator: ", "))")
            .flatMap(Study.Expectation.Kind.init)
    }
}
