import ConvergenceStudies

/// An entry of "How to read this".
struct Term {
    var termName: String
    var termText: String

    /// The measures of the result, then what every report needs explained.
    static func all(for result: StudyResult) -> [Term] {
        let measured = Set(result.rows.map(\.measure))
        let measures = Vocabulary.measures.filter { measured.contains($0.name) }.map {
            Term(termName: $0.name, termText: $0.sentence)
        }
        let found = Set(result.scalars.map(\.name))
        let scalars = ProbeCatalogue.scalars.filter { found.contains($0.name) }.map {
            Term(termName: $0.name, termText: $0.sentence)
        }
        return measures + scalars + general
    }

    private static let general = [
        Term(
            termName: "no supremum over time",
            termText:
                "A spike that comes late shifts the reset: until the late solution resets too, the two differ "
                + "by about the distance from reset to threshold, however small the step. The interval shrinks with h, the difference does "
                + "not, so the supremum over time does not converge and no such error is reported."),
        Term(
            termName: "order",
            termText:
                "Slope of log |error| against log h, by least squares over all resolved levels, weighted by "
                + "their covariance because all steps share their paths. It is signed: an error that grows as h "
                + "falls has a negative order. Dashed grey lines are guides with the slope they name."),
        Term(
            termName: "0.1007(16)",
            termText:
                "A value and, in parentheses, its standard error in units of the last digits: 0.1007 ± 0.0016."
        ),
        Term(
            termName: "unresolved",
            termText:
                "Fewer than 30 paths carry the error, counted by the effective sample (Σe²)²/Σe⁴, or the interval "
                + "contains 0, or the error is no larger than rounding; the note says which. The level has a hollow "
                + "marker and is left out of the fit."),
        Term(
            termName: "markers",
            termText:
                "Bars are confidence intervals; an arrow says that one goes on beyond the axis. A minus inside a marker says that the bias is negative and its "
                + "size is drawn. Integrators are drawn side by side at each step, so that coinciding points are "
                + "seen."),
    ]
}
