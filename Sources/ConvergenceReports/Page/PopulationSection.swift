import ConvergenceStudies

/// Error by layer or population.
struct PopulationSection {
    struct Line {
        var populationMeasure: String
        var populationIntegrator: String
        var populationStep: String
        var populationCells: [Cell]
    }

    struct Cell {
        var cellValue: String
        var cellOrder: String
        var isCellUnresolved: Bool
    }

    /// More than these are drawn side by side instead of against the step.
    private static let mostCurves = 4

    var populationKind: String
    var populationNames: [String]
    var populationLayout: String
    var populationFigures: [String]
    var populationLines: [Line]

    /// Nil where the network is all there is.
    init?(_ result: StudyResult) {
        let comparisons = PopulationComparison.rows(of: result)
        guard !comparisons.isEmpty else { return nil }
        let names = result.populations
        populationKind = result.populationKind
        populationNames = names
        populationLayout = Self.isCrowded(result) ? "pair" : Page.layout(of: result)
        populationFigures = Self.panels(of: result).map(\.svg)
        populationLines = comparisons.map { comparison in
            Line(
                populationMeasure: comparison.quantity.title, populationIntegrator: comparison.integrator,
                populationStep: Numbers.step(comparison.h),
                populationCells: names.map { Self.cell(of: $0, comparison, result) })
        }
    }

    private static func isCrowded(_ result: StudyResult) -> Bool { result.populations.count > mostCurves }

    /// Empty where the network is all there is.
    static func panels(of result: StudyResult) -> [Plot] {
        guard !result.populations.isEmpty else { return [] }
        return isCrowded(result)
            ? PopulationTrendFigure.panels(of: result) : PopulationFigure.panels(of: result)
    }

    private static func cell(
        of population: String, _ comparison: PopulationComparison, _ result: StudyResult
    ) -> Cell {
        let level = comparison.levels.first { $0.case == population }
        let order = result.order(comparison.quantity, integrator: comparison.integrator, case: population)
        return Cell(
            cellValue: level?.rounded?.typeset ?? "–",
            cellOrder: order.flatMap { $0.order == nil ? nil : "order \($0.valueText)" } ?? "no order",
            isCellUnresolved: level?.resolved == false)
    }
}
