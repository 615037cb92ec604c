import ConvergenceStudies

/// Errors of a few layers or populations against the step, one panel per integrator.
enum PopulationFigure {
    /// The quantities drawn; the table beneath has all of them.
    private static let drawn = [
        Quantity(measure: "strong-final", observable: ""),
        Quantity(measure: "count-mismatch", observable: ""),
        Quantity(measure: "weak", observable: "spike-count"),
    ]

    static func quantities(of result: StudyResult) -> [Quantity] {
        let available = unique(result.populations.flatMap { result.quantities(case: $0) })
        let chosen = drawn.filter(available.contains)
        return chosen.isEmpty ? Array(available.prefix(1)) : chosen
    }

    static func panels(of result: StudyResult) -> [Plot] {
        let populations = result.populations
        return quantities(of: result).flatMap { quantity in
            result.integrators.compactMap { integrator in
                let curves = populations.enumerated().map { position, population in
                    ErrorFigure.Curve(
                        name: population, legend: population, style: SeriesStyle(index: position),
                        levels: result.levels(quantity, integrator: integrator, case: population),
                        order: result.order(quantity, integrator: integrator, case: population))
                }
                return ErrorFigure.plot(
                    curves, of: quantity,
                    identifier: FigureName.of(
                        ErrorFigure.identifier(quantity), "by", result.populationKind, integrator),
                    heading: "\(quantity.title), \(integrator)")
            }
        }
    }
}
