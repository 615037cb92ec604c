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
            .expectedIntegrator(run, isScalar: keys["scalar"] != nil, of: quantity)
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

    /// A scalar may also be the reference's.
    private func expectedIntegrator(
        _ run: ExpectableStudy, isScalar: Bool, of quantity: Study.Expectation.Quantity?
    ) -> String? {
        if case .scalar(_, let method, _)? = quantity, method == StationaryEstimates.method {
            return integratorOfLaw(run)
        }
        let isReference = node.scalar.map { $0.string == run.reference } ?? false
        if isScalar, isReference { return run.reference }
        // The name of a solver is known only where the study has the solver.
        let solvers = (run.integrators ?? []).filter { IntegratorCatalogue.integrator(named: $0) == nil }
        guard let name = integrator(orAmong: solvers), let integrators = run.integrators else { return nil }
        if integrators.contains(name) { return name }
        reportNotRun(name)
        return nil
    }

    /// Whose stationary law is known without sampling: that of the true process, and of one scheme.
    private func integratorOfLaw(_ run: ExpectableStudy) -> String? {
        let (law, scheme) = (StationaryEstimates.method, StationaryEstimates.integrator)
        guard let name = text("the name of an integrator") else { return nil }
        guard [law, scheme].contains(name) else {
            report(
                "by the method \(law) nothing is known of \(name)",
                remedy: "write \(law), for the true process, or \(scheme)")
            return nil
        }
        if name == scheme, let integrators = run.integrators, !integrators.contains(scheme) {
            reportNotRun(name)
            return nil
        }
        return name
    }

    private func reportNotRun(_ name: String) {
        report("the study does not run \(name)", remedy: "add it to `integrators`, or remove the expectation")
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
