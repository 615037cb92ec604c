import ConvergenceStudies

/// |error| of one quantity against the time that an integrator spends on a path, one curve per integrator.
package struct WorkPrecisionFigure {
    /// The quantities drawn, where the study has them.
    private static let drawn = [
        Quantity(measure: "strong-mean", observable: ""),
        Quantity(measure: "strong-final", observable: ""),
        Quantity(measure: "weak", observable: "spike-count"),
    ]

    struct Point {
        /// Of one core per path.
        var seconds: Double
        var level: Row
    }

    struct Curve {
        var integrator: String
        /// From the coarsest step to the finest.
        var points: [Point]
    }

    let quantity: Quantity
    let curves: [Curve]
    private let styles: IntegratorStyles

    package static func all(of result: StudyResult) -> [WorkPrecisionFigure] {
        drawn.compactMap { WorkPrecisionFigure($0, in: result) }
    }

    /// Nil where fewer than two integrators have both an error and a time: there is nothing to compare.
    private init?(_ quantity: Quantity, in result: StudyResult) {
        self.quantity = quantity
        styles = IntegratorStyles(result)
        curves = result.integrators.compactMap { integrator in
            let points = result.levels(quantity, integrator: integrator, case: StudyResult.network)
                .compactMap { level -> Point? in
                    guard level.magnitude != nil, let seconds = result.seconds(integrator, h: level.h)
                    else { return nil }
                    return Point(seconds: seconds, level: level)
                }
            return points.isEmpty ? nil : Curve(integrator: integrator, points: points)
        }
        guard curves.count > 1 else { return nil }
    }

    package var plot: Plot {
        let points = curves.flatMap(\.points)
        var plot = Plot(
            identifier: FigureName.of("work", quantity.title),
            title: "\(quantity.title) against the time per path", description: description,
            heading: quantity.title,
            horizontal: .logarithmic("time per path (seconds of one core)", points.map(\.seconds)),
            vertical: .logarithmic(
                Vocabulary.axisLabel(measure: quantity.measure, observable: quantity.observable),
                ErrorFigure.verticalExtent(of: points.map(\.level))))
        plot.series = curves.map { curve in
            Series(
                name: styles.legend(of: curve.integrator), style: styles[curve.integrator],
                points: curve.points.compactMap { $0.level.point(x: $0.seconds) }, fullName: curve.integrator)
        }
        plot.keys = styles.keys + ErrorFigure.keys(for: points.map(\.level))
        return plot
    }

    private var description: String {
        curves.map { curve in
            let values = curve.points.map {
                "\($0.level.rounded?.typeset ?? "–") in \(Self.text(seconds: $0.seconds))"
            }
            return "\(curve.integrator): \(values.joined(separator: ", "))."
        }.joined(separator: " ")
    }

    static func text(seconds: Double) -> String {
        "\(Numbers.significant(seconds, digits: 2).typeset) s"
    }
}

extension StudyResult {
    /// The time of an integrator at a step; nil where none was measured.
    fileprivate func seconds(_ integrator: String, h: Double) -> Double? {
        header.time.work.first { $0.integrator == integrator && $0.h == h }.map(\.secondsPerPath)
            .flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
    }
}
