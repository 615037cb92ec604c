import ConvergenceStudies

/// Figures of what is behind the errors: slow crossings, scaled time errors, Lyapunov spectra.
struct DiagnosticsSection {
    struct Figure {
        var diagnosticFigure: String
        var diagnosticCaption: String
    }

    var diagnosticFigures: [Figure]

    /// Nil where the study asked for none.
    init?(_ result: StudyResult) {
        let curves = CurveFigure.all(result).map {
            Figure(diagnosticFigure: $0.plot.svg, diagnosticCaption: $0.caption)
        }
        let quantiles = ScaledErrorFigure.all(result).map {
            Figure(diagnosticFigure: $0.plot.svg, diagnosticCaption: $0.caption)
        }
        diagnosticFigures = curves + quantiles
        if diagnosticFigures.isEmpty { return nil }
    }
}
