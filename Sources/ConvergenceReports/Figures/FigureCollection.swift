import ConvergenceStudies

/// All figures of a result's page, in the order of the page.
package enum FigureCollection {
    package static func all(of result: StudyResult) -> [Plot] {
        let path = result.samplePath.map { path in
            [SamplePathFigure.overview(path)] + [SamplePathFigure.closeUp(path)].compactMap { $0 }
        }
        let errors = result.quantities(case: StudyResult.network).compactMap { quantity in
            ErrorFigure.network(quantity, in: result, identifier: ErrorFigure.identifier(quantity))
        }
        let styles = IntegratorStyles(result)
        let scalars = ScalarTable.all(of: result, case: StudyResult.network).compactMap {
            ScalarFigure.plot($0, styles)
        }
        return (path ?? []) + errors + WorkPrecisionFigure.all(of: result).map(\.plot)
            + SpikeTimeFigure.panels(of: result) + [CrossingSpeedFigure(result)?.plot].compactMap { $0 }
            + CurveFigure.all(result).map(\.plot) + ScaledErrorFigure.all(result).map(\.plot)
            + PopulationSection.panels(of: result) + scalars
    }
}
