import ConvergenceStudies
import Foundation

/// |error| of one quantity against the step, one curve per integrator or per population.
package enum ErrorFigure {
    /// What one curve shows.
    struct Curve {
        var name: String
        /// Empty where the keys of the plot explain the style.
        var legend: String
        var style: SeriesStyle
        var levels: [Row]
        var order: Order?
    }

    /// `error-weak-cos-V`
    package static func identifier(_ quantity: Quantity) -> String {
        FigureName.of("error", quantity.title)
    }

    /// The figure of `quantity` on the whole network; nil where no level has a value other than zero.
    package static func network(_ quantity: Quantity, in result: StudyResult, identifier: String) -> Plot? {
        let styles = IntegratorStyles(result)
        let curves = result.integrators.map { integrator in
            Curve(
                name: integrator, legend: styles.legend(of: integrator), style: styles[integrator],
                levels: result.levels(quantity, integrator: integrator, case: StudyResult.network),
                order: result.order(quantity, integrator: integrator, case: StudyResult.network))
        }
        return plot(curves, of: quantity, identifier: identifier, keys: styles.keys)
    }

    static func plot(
        _ curves: [Curve], of quantity: Quantity, identifier: String, heading: String = "",
        keys styleKeys: [LegendKey] = []
    ) -> Plot? {
        let curves = curves.filter { curve in curve.levels.contains { $0.magnitude != nil } }
        let levels = curves.flatMap(\.levels).filter { $0.magnitude != nil }
        guard !levels.isEmpty else { return nil }
        // Unresolved levels may lie anywhere: guides are for the others.
        let points = levels.filter(\.resolved).compactMap { level in
            level.magnitude.map { (x: level.h, y: $0) }
        }
        let guides = [
            Guide.along(points, exponent: 0.5, label: "slope 1/2", side: .above),
            Guide.along(points, exponent: 1, label: "slope 1", side: .below),
        ].compactMap { $0 }
        let label = Vocabulary.axisLabel(measure: quantity.measure, observable: quantity.observable)
        var plot = Plot(
            identifier: identifier,
            title: "\(quantity.title) against the step h\(heading.isEmpty ? "" : ", \(heading)")",
            description: description(of: curves), heading: heading,
            horizontal: .steps("step h (ms)", unique(levels.map(\.h))),
            vertical: .logarithmic(label, verticalExtent(of: levels, guides)))
        plot.series = curves.enumerated().map { position, curve in
            series(curve, shift: plot.shift(position, of: curves.count))
        }
        plot.guides = guides
        plot.keys = styleKeys + keys(for: levels)
        return plot
    }

    /// The levels that `plot` leaves out because they are zero or rounding, in words; nil where there are none.
    static func omission(_ quantity: Quantity, in result: StudyResult) -> String? {
        let parts = result.integrators.compactMap { integrator -> String? in
            let levels = result.levels(quantity, integrator: integrator, case: StudyResult.network)
            let omitted = levels.filter(\.isRounding)
            guard !omitted.isEmpty else { return nil }
            guard omitted.count < levels.count else { return integrator }
            return "\(integrator) at \(omitted.map { Numbers.step($0.h) }.joined(separator: ", ")) ms"
        }
        return parts.isEmpty ? nil : "Not drawn, since zero up to rounding: \(parts.joined(separator: "; "))."
    }

    private static func series(_ curve: Curve, shift: Double) -> Series {
        let points = curve.levels.compactMap { $0.point(x: $0.h) }
        return Series(
            name: curve.legend, style: curve.style, points: points, line: fittedLine(of: curve), shift: shift,
            fullName: curve.name)
    }

    /// The fitted power law over the levels it was fitted to; nothing where there is no fit, since joined points
    /// would look like one.
    private static func fittedLine(of curve: Curve) -> [(x: Double, y: Double)] {
        let steps = curve.levels.filter { $0.resolved && $0.magnitude != nil }.map(\.h)
        guard let order = curve.order?.order, let intercept = curve.order?.intercept,
            let finest = steps.min(), let coarsest = steps.max(), finest < coarsest
        else { return [] }
        return [finest, coarsest].map { ($0, exp(intercept + order * log($0))) }
    }

    /// Values and guides in full; of an error bar's lower half at most half a decade, since on a logarithmic axis the lower end
    /// of an interval that reaches zero is infinitely far away.
    static func verticalExtent(of levels: [Row], _ guides: [Guide] = []) -> [Double] {
        let known = levels.filter { !$0.isBounded }.compactMap(\.magnitude)
        // Bounds may lie anywhere: at most they take a decade below what is known, unless there is nothing else.
        let (least, most) = (known.min() ?? 0, known.max() ?? .infinity)
        let bounds = levels.filter(\.isBounded).compactMap(\.magnitude)
        let sizes = known + bounds.filter { (least / 10...most).contains($0) }
        let bars = levels.compactMap { level -> [Double]? in
            guard let size = level.magnitude, let interval = level.magnitudeInterval else { return nil }
            return [max(interval.low, size / 3), interval.high]
        }
        return sizes + bars.flatMap { $0 } + guides.flatMap { [$0.start.y, $0.end.y] }
    }

    static func keys(for levels: [Row]) -> [LegendKey] {
        var keys: [LegendKey] = []
        if levels.contains(where: { $0.isNegative && !$0.isBounded }) { keys.append(.negative) }
        if levels.contains(where: { !$0.resolved && !$0.isBounded }) { keys.append(.unresolved) }
        if levels.contains(where: \.isBounded) { keys.append(.bound) }
        return keys
    }

    private static func description(of curves: [Curve]) -> String {
        curves.map { curve in
            let order = curve.order.flatMap { $0.order == nil ? nil : ", order \($0.orderText)" } ?? ""
            let values = curve.levels.map { "\($0.rounded?.typeset ?? "–") at \(Numbers.step($0.h)) ms" }
            return "\(curve.name)\(order): \(values.joined(separator: ", "))."
        }.joined(separator: " ")
    }
}

extension Row {
    /// Whether the error is exactly zero or no larger than rounding.
    var isRounding: Bool { value == 0 || note == Row.roundingNote }

    /// The size of the error; nil where a logarithmic axis has no place for it, or none worth the decades down to it.
    var magnitude: Double? {
        if isBounded { return upperBound }
        return value.flatMap { $0.isFinite && !isRounding ? abs($0) : nil }
    }

    /// Whether all that is known of the size is that it is at most so much.
    var isBounded: Bool { !resolved && !isRounding && (upperBound ?? 0) > 0 }

    var isNegative: Bool { (value ?? 0) < 0 }

    /// The size of the error at `x`; nil where there is none to draw.
    func point(x: Double) -> Series.Point? {
        magnitude.map { size in
            Series.Point(
                x: x, y: size, low: magnitudeInterval?.low, high: magnitudeInterval?.high,
                isHollow: !resolved, isNegative: isNegative && !isBounded, isBound: isBounded,
                step: x == h ? nil : h)
        }
    }

    /// The interval of the size of the error, mirrored for a negative value.
    var magnitudeInterval: (low: Double, high: Double)? {
        guard let low = intervalLow, let high = intervalHigh else { return nil }
        return isNegative ? (-high, -low) : (low, high)
    }
}
