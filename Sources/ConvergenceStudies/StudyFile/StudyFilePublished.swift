import SpikingNumerics

/// The `published` key: numbers that others have found, for `spikeverify audit`.
///
///     published:
///       - {quantity: firing-rate, case: E, value: 2.7, unit: Hz, h: 0.1, integrator: euler-maruyama, source: "doi:…, Fig 2A"}
///       - {quantity: peak-position, of: firing-rate, case: E, value: 0.0197, h: 0.1, integrator: euler-maruyama, source: …}
extension StudyFileValue {
    private static let keys = [
        "quantity", "of", "case", "value", "std_error", "tolerance", "unit", "h", "integrator", "source",
        "at",
    ]
    static let publishedExample =
        "{quantity: firing-rate, value: 0.0027, h: 0.1, integrator: euler-maruyama, source: Fig 2}"

    func published(cases: [String]?) -> [PublishedFigure]? {
        guard let values = list(of: "published numbers", example: "[\(Self.publishedExample)]") else {
            return nil
        }
        let figures = values.map { $0.publishedFigure(cases: cases) }
        return figures.contains { $0 == nil } ? nil : figures.compactMap { $0 }
    }

    private func publishedFigure(cases: [String]?) -> PublishedFigure? {
        guard let keys = mapping(keys: Self.keys, example: Self.publishedExample) else { return nil }
        let quantity = keys.publishedQuantity()
        let remedy = "give the number as it was published, for example 2.7"
        let value = keys.required("value", example: "2.7")?.number(remedy: remedy)
        let error = keys["std_error"].map {
            $0.number(.positive, remedy: "give its standard error, for example 0.05")
        }
        let unit = keys.optional("unit", default: 1.0) {
            $0.name("unit", among: ["Hz", "1/ms", "1"], help: "one of Hz, 1/ms, 1").map {
                $0 == "Hz" ? 1e-3 : 1
            }
        }
        let tolerance = keys.optional("tolerance", default: PublishedFigure.usualTolerance) {
            $0.relativeNumber()
        }
        let h = keys["h"].map {
            $0.number(.positive, remedy: "give the published step in ms, for example 0.1")
        }
        let integrator = keys["integrator"].map { $0.integrator() }
        let source = keys.required("source", example: "doi:10.1000/182, Fig 2")?.text(
            "where it was published")
        let among = ["network"] + (cases ?? [])
        let name = keys.optional("case", default: "network") {
            cases == nil
                ? $0.text("a population")
                : $0.name("case", among: among, help: "one of \(among.joined(separator: ", "))")
        }
        guard let quantity, let value, let unit, let tolerance, let source, let name else { return nil }
        if let error, error == nil { return nil }
        if let h, h == nil { return nil }
        if let integrator, integrator == nil { return nil }
        if let given = keys["h"] ?? keys["integrator"], (h == nil) != (integrator == nil) {
            given.report(
                "a scheme is known with its step, and a step with its scheme",
                remedy: "give both `h` and `integrator`, or neither")
            return nil
        }
        return PublishedFigure(
            quantity, case: name, value: value * unit, standardError: (error ?? nil).map { $0 * unit },
            tolerance: tolerance, h: h ?? nil, integrator: integrator ?? nil, source: source,
            written: "\(value.shortest)\(unit == 1 ? "" : " Hz")")
    }

    /// `0.05`, or `5%`.
    private func relativeNumber() -> Double? {
        if let text = node.string, text.hasSuffix("%"), let percent = Double(text.dropLast()), percent > 0 {
            return percent / 100
        }
        return number(.positive, remedy: "give how far the limit may be from it, for example 2% or 0.02")
    }
}

extension StudyFileMapping {
    fileprivate func publishedQuantity() -> PublishedFigure.Quantity? {
        let scalars = ProbeCatalogue.scalars.map(\.name)
        let derived = DerivedQuantity.allCases.map(\.rawValue)
        let name = required("quantity", example: "firing-rate")?
            .name(
                "quantity", among: scalars + derived,
                help: "scalars of a study, and of a sweep \(derived.joined(separator: ", "))")
        let of = optional("of", default: ProcessMeans.firingRate.name) {
            $0.name("scalar", among: scalars, help: "scalars: \(scalars.joined(separator: ", "))")
        }
        guard let name, let of else { return nil }
        guard let quantity = DerivedQuantity(rawValue: name) else {
            if let key = self["of"] {
                key.report("\(name) is of no other quantity", remedy: "remove `of`")
                return nil
            }
            return .scalar(name)
        }
        return .derived(quantity, of: of)
    }

    /// Steps and integrators that published numbers were found with must be among the study's.
    func checkPublished(_ figures: [PublishedFigure], integrators: [String], steps: [Double], isPoint: Bool) {
        guard let key = self["published"] else { return }
        for figure in figures {
            if let name = figure.integrator, !integrators.contains(name) {
                key.report("\(name) is not among the integrators", remedy: "add it to `integrators`")
            }
            if let h = figure.h, !steps.contains(h) {
                key.report(
                    "\(h.shortest) ms is not among the steps", remedy: "add it to `steps`, and finer ones")
            }
            if figure.isDerived, !isPoint {
                key.report("\(figure.name) is of a sweep, and the study has none", remedy: "add a `sweep`")
            }
        }
    }
}
