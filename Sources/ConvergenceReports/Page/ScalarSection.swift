import ConvergenceStudies

/// Properties of the processes: rates, Lyapunov exponents, stationary means.
struct ScalarSection {
    struct Line {
        var scalarName: String
        var scalarMethod: String
        var scalarIntegrator: String
        var scalarStep: String
        var scalarValue: String
        var scalarInterval: String
        var scalarUnit: String
    }

    var scalarFigures: [String]
    var scalarLines: [Line]

    init?(_ result: StudyResult) {
        guard !result.scalars.isEmpty else { return nil }
        scalarFigures = unique(result.scalars.map(\.name)).compactMap {
            ScalarFigure.plot($0, in: result)?.svg
        }
        scalarLines = result.scalars.map { scalar in
            Line(
                scalarName: scalar.case == StudyResult.network
                    ? scalar.name : "\(scalar.name), \(scalar.case)",
                scalarMethod: scalar.method, scalarIntegrator: scalar.integrator,
                scalarStep: scalar.h.map(Numbers.step) ?? "",
                scalarValue: scalar.value.map { Uncertainty.text($0, scalar.standardError).typeset } ?? "–",
                scalarInterval: Interval.text(
                    scalar.intervalLow, scalar.intervalHigh, standardError: scalar.standardError),
                scalarUnit: scalar.unit)
        }
    }
}
