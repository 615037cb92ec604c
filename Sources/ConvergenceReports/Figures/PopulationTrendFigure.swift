import ConvergenceStudies

/// Errors of many layers or populations at one step, in their order: one panel per quantity, one curve per integrator.
///
/// Where there are more than a few, curves against the step would hide how the error goes from one to the next.
enum PopulationTrendFigure {
    static func panels(of result: StudyResult) -> [Plot] {
        PopulationFigure.quantities(of: result).compactMap { quantity in
            plot(
                quantity, in: result,
                identifier: FigureName.of(ErrorFigure.identifier(quantity), "by", result.populationKind))
        }
    }

    /// At the coarsest step, which is resolved best.
    private static func plot(_ quantity: Quantity, in result: StudyResult, identifier: String) -> Plot? {
        let populations = result.populations
        let styles = IntegratorStyles(result)
        let rows = populations.flatMap { population in
            result.integrators.flatMap { result.levels(quantity, integrator: $0, case: population) }
        }
        guard let h = rows.map(\.h).max() else { return nil }
        let levels = rows.filter { $0.h == h && $0.magnitude != nil }
        guard !levels.isEmpty else { return nil }
        let label = Vocabulary.axisLabel(measure: quantity.measure, observable: quantity.observable)
        let heading = "\(quantity.title) at h = \(Numbers.step(h)) ms"
        var plot = Plot(
            identifier: identifier, title: "\(heading), by \(result.populationKind)",
            description: description(of: levels, result), heading: heading,
            horizontal: .categories(result.populationKind, populations),
            vertical: .logarithmic(label, ErrorFigure.verticalExtent(of: levels)))
        plot.series = result.integrators.enumerated().map { position, integrator in
            let points = levels.filter { $0.integrator == integrator }.compactMap { level in
                level.point(x: Double(populations.firstIndex(of: level.case)!))
            }
            return Series(
                name: styles.legend(of: integrator), style: styles[integrator], points: points,
                shift: plot.shift(position, of: result.integrators.count), fullName: integrator)
        }
        plot.keys = styles.keys + ErrorFigure.keys(for: levels)
        return plot
    }

    private static func description(of levels: [Row], _ result: StudyResult) -> String {
        result.integrators.map { integrator in
            let values = levels.filter { $0.integrator == integrator }.map {
                "\($0.rounded?.typeset ?? "–") in \($0.case)"
            }
            return "\(integrator): \(values.joined(separator: ", "))."
        }.joined(separator: " ")
    }
}

extension StudyResult {
    /// What the populations are called: layers are numbered, others have names of their own.
    var populationKind: String {
        populations.allSatisfy { $0.hasPrefix("layer-") } ? "layer" : "population"
    }
}
