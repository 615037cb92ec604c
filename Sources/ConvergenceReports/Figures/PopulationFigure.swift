import ConvergenceStudies

/// Errors of layers or populations, one panel per integrator.
enum PopulationFigure {
    /// The quantities drawn; the table beneath has all of them.
    private static let drawn = [
        Quantity(measure: "strong-final", observable: ""),
        Quantity(measure: "count-mismatch", observable: ""),
        Quantity(measure: "weak", observable: "spike-count"),
    ]

    static func panels(of result: StudyResult) -> [Plot] {
        let populations = result.populations
        let available = unique(populations.flatMap { result.quantities(case: $0) })
        let chosen = drawn.filter(available.contains)
        let quantities = chosen.isEmpty ? Array(available.prefix(1)) : chosen
        return quantities.enumerated().flatMap { number, quantity in
            result.integrators.enumerated().compactMap { index, integrator in
                let curves = populations.enumerated().map { position, population in
                    ErrorFigure.Curve(
                        name: population, legend: population, style: SeriesStyle(index: position),
                        levels: result.levels(quantity, integrator: integrator, case: population),
                        order: result.order(quantity, integrator: integrator, case: population))
                }
                return ErrorFigure.plot(
                    curves, of: quantity, identifier: "population-\(number + 1)-\(index + 1)",
                    heading: "\(quantity.title), \(integrator)")
            }
        }
    }
}
