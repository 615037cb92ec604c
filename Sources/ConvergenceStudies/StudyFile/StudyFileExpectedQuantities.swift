import SpikingNumerics

/// What a study finds and so can expect something of; nil where that was reported as wrong.
struct ExpectableStudy {
    var integrators: [String]?
    /// The reference's name among the integrators of scalars.
    var reference: String?
    var measures: [Study.MeasureChoice]?
    var steps: [Double]?
    var populations: [String]?
    var neurons: Int?
    var multilevel: Study.MultilevelChoice?
    /// Whether there is an estimator, of which something was reported as wrong.
    var isEstimatorUnclear = false
    /// Whether there are paths, as opposed to stationary laws alone.
    var isSampled = true
    /// Whether the neuron's stationary law can be had from the Fokker-Planck equation.
    var hasStationaryLaw = false
    /// Whether V crosses the threshold with a speed.
    var isSmooth = true
    /// Of the drive.
    var ramp: DriveRamp?

    /// The scalars this study finds, and by which methods; nil for those that have no method but the process itself.
    var scalars: [(name: String, methods: [String]?)]? {
        guard let measures, let neurons, !isEstimatorUnclear else { return nil }
        let outline = StudyOutline(
            measures: Set(measures.map(\.name)), neurons: neurons, isSmooth: isSmooth,
            isSampled: isSampled, hasStationaryLaw: hasStationaryLaw, multilevel: multilevel, ramp: ramp)
        let findings = outline.findings
        var names: [String] = []
        for finding in findings where !names.contains(finding.scalar.name) {
            names.append(finding.scalar.name)
        }
        return names.map { name in
            let methods = findings.filter { $0.scalar.name == name }.map(\.method)
            return (name, methods.contains(nil) ? nil : methods.compactMap { $0 })
        }
    }
}

/// The step an expectation names, or that it names none.
private struct ExpectedStep {
    var h: Double?
}

/// The subject of an expectation.
extension StudyFileMapping {
    /// An order, or an error at one step.
    func expectedError(_ run: ExpectableStudy) -> Study.Expectation.Quantity? {
        if let method = self["method"] {
            method.report("only scalars have a method", remedy: "remove it")
            return nil
        }
        let measure = required("measure", example: "strong-final")?.expectedMeasure(run.measures)
        guard self["value"] != nil else {
            if let step = self["h"] {
                step.report(
                    "an order has no step", remedy: "remove `h`, or expect a `value` instead of an `order`")
                return nil
            }
            return measure.map { .order($0) }
        }
        let step = expectedStep(run)
        guard let measure, let step else { return nil }
        return .error(measure, h: step.h)
    }

    func expectedScalar(_ run: ExpectableStudy) -> Study.Expectation.Quantity? {
        if let measure = self["measure"] {
            measure.report(
                "an expectation is about a measure or about a scalar", remedy: "remove one of them")
            return nil
        }
        if let order = self["order"] {
            order.report("a scalar has no order of convergence", remedy: "give a `value` instead")
            return nil
        }
        let step = expectedStep(run)
        guard let scalar = self["scalar"], let scalars = run.scalars else { return nil }
        let names = ProbeCatalogue.scalars.map(\.name)
        let name = scalar.name("scalar", among: names, help: "scalars: \(names.joined(separator: ", "))")
        guard let name, let step else { return nil }
        guard let found = scalars.first(where: { $0.name == name }) else {
            scalar.report(
                "the study does not find \(name)",
                remedy: ProbeCatalogue.scalars.first { $0.name == name }?.remedy ?? "remove the expectation")
            return nil
        }
        // The mean that a multilevel estimator finds may be one that every study finds of each process.
        if let method = self["method"], method.node.scalar?.string == MultilevelOutcome.method,
            let multilevel = run.multilevel,
            found.name == ScalarDescriptor(meanOfObservable: multilevel.observable)?.name
        {
            return .scalar(name: name, method: MultilevelOutcome.method, h: step.h)
        }
        guard let methods = found.methods else {
            if let method = self["method"] {
                method.report("\(name) has no methods to choose from", remedy: "remove it")
                return nil
            }
            return .scalar(name: name, method: nil, h: step.h)
        }
        let method = required("method", example: methods[0])?
            .name("method", among: methods, help: "methods: \(methods.joined(separator: ", "))")
        return method.map { .scalar(name: name, method: $0, h: step.h) }
    }

    /// What `h` says; nil where that was reported.
    private func expectedStep(_ run: ExpectableStudy) -> ExpectedStep? {
        guard let value = self["h"] else { return ExpectedStep(h: nil) }
        guard let h = value.number(.positive, remedy: "give one of the study's steps in ms"),
            let steps = run.steps
        else { return nil }
        if steps.contains(h) { return ExpectedStep(h: h) }
        value.report(
            "the study has no step of \(h) ms",
            remedy: "give one of its steps: \(steps.map { "\($0)" }.joined(separator: ", "))")
        return nil
    }

    /// The key `order` or `value`.
    func expectedNumber() -> Double? {
        if self["scalar"] == nil, self["value"] == nil {
            return required("order", example: "0.5")?
                .number(remedy: "give the expected order of convergence, for example 0.5")
        }
        if self["scalar"] == nil, let order = self["order"] {
            order.report("an expectation has an order or a value", remedy: "remove one of them")
            return nil
        }
        // An order of a scalar was reported.
        if self["value"] == nil, self["order"] != nil { return nil }
        return required("value", example: "0.015")?
            .number(remedy: "give the expected value, for example 0.015")
    }

    /// - Parameter isNeeded: Nothing can be told to equal a number exactly; inequalities need no tolerance.
    func tolerance(isNeeded: Bool) -> Double? {
        guard isNeeded else {
            return optional("tolerance", default: 0) {
                $0.number(.notNegative, remedy: "give how far the number may be off, for example 0.1")
            }
        }
        return required("tolerance", example: "0.1")?
            .number(.positive, remedy: "give how far the number may be off, for example 0.1")
    }
}
