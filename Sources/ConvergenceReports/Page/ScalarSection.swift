import ConvergenceStudies

/// Properties of the processes: rates, Lyapunov exponents, means.
struct ScalarSection {
    struct Group {
        /// With the unit.
        var scalarTitle: String
        /// The values that have no step.
        var scalarConstants: String
        var scalarLines: [Line]
    }

    struct Line {
        var scalarIntegrator: String
        var scalarValues: [Value]
    }

    struct Value {
        var scalarValue: String
        var scalarInterval: String
    }

    var scalarFigures: [String]
    var scalarSteps: [String]
    var scalarColumnCount: Int
    var scalarGroups: [Group]
    /// Whether the figures show twins, which need a word of explanation.
    var hasTwins: Bool

    /// Nil where the study asked for none.
    init?(_ result: StudyResult) {
        guard !result.scalars.isEmpty else { return nil }
        let network = ScalarTable.all(of: result, case: StudyResult.network)
        let styles = IntegratorStyles(result)
        scalarFigures = network.compactMap { ScalarFigure.plot($0, styles)?.svg }
        let steps = unique(result.scalars.compactMap(\.h)).sorted(by: >)
        scalarSteps = steps.map(Numbers.step)
        scalarColumnCount = steps.count + 1
        scalarGroups = result.scalarCases.flatMap { ScalarTable.all(of: result, case: $0) }.map { table in
            Group(
                scalarTitle: table.title + (table.unit.isEmpty ? "" : " (\(table.unit))"),
                scalarConstants: table.constants.map { "\(table.label(of: $0)) \(Self.text($0))" }
                    .joined(separator: "; "),
                scalarLines: table.lines.map { Self.line($0, steps: steps) })
        }
        hasTwins = network.contains { $0.method == "twin" && !$0.lines.isEmpty }
    }

    private static func line(_ line: ScalarTable.Line, steps: [Double]) -> Line {
        Line(
            scalarIntegrator: line.integrator,
            scalarValues: steps.map { h in
                guard let scalar = line.levels.first(where: { $0.h == h }) else {
                    return Value(scalarValue: "", scalarInterval: "")
                }
                return Value(scalarValue: scalar.rounded?.typeset ?? "–", scalarInterval: scalar.intervalText)
            })
    }

    private static func text(_ constant: Scalar) -> String {
        "\(constant.rounded?.typeset ?? "–") \(constant.intervalText)"
    }
}

extension Scalar {
    fileprivate var intervalText: String {
        Interval.text(intervalLow, intervalHigh, standardError: standardError)
    }
}
