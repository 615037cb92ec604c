import ConvergenceStudies

/// A scalar against the step, one curve per method and integrator; a value without a step is a line across.
enum ScalarFigure {
    static func plot(_ name: String, in result: StudyResult) -> Plot? {
        let scalars = result.scalars.filter {
            $0.name == name && $0.case == StudyResult.network && $0.value != nil
        }
        let stepped = scalars.filter { $0.h != nil }
        guard !stepped.isEmpty else { return nil }
        let unit = scalars[0].unit
        let constants = scalars.filter { $0.h == nil }
        let bars = scalars.flatMap { [$0.value, $0.intervalLow, $0.intervalHigh].compactMap { $0 } }
        var plot = Plot(
            identifier: "scalar-\(name)", title: "\(name) against the step h",
            description: scalars.map(description).joined(separator: " "),
            horizontal: .steps("step h (ms)", unique(stepped.compactMap(\.h))),
            vertical: .linear(unit.isEmpty ? name : "\(name) (\(unit))", bars, padding: 0.12))
        let curves = unique(stepped.map { Curve(method: $0.method, integrator: $0.integrator) })
        plot.series = curves.enumerated().map { index, curve in
            let values = stepped.filter { $0.method == curve.method && $0.integrator == curve.integrator }
            return Series(
                name: curve.name, style: SeriesStyle(index: index),
                points: values.sorted { $0.h! < $1.h! }.map(point),
                shift: (Double(index) - Double(curves.count - 1) / 2) * 5)
        }
        plot.references = constants.compactMap { constant in
            constant.value.map {
                ReferenceLine(
                    direction: .horizontal, value: $0, label: "\(constant.integrator), \(constant.method)")
            }
        }
        return plot
    }

    private struct Curve: Hashable {
        var method: String
        var integrator: String
        var name: String { method == integrator ? integrator : "\(integrator), \(method)" }
    }

    private static func point(_ scalar: Scalar) -> Series.Point {
        Series.Point(x: scalar.h!, y: scalar.value!, low: scalar.intervalLow, high: scalar.intervalHigh)
    }

    private static func description(_ scalar: Scalar) -> String {
        let step = scalar.h.map { " at h = \(Numbers.step($0)) ms" } ?? ""
        let value = scalar.value.map { Uncertainty.text($0, scalar.standardError).typeset } ?? "–"
        return "\(scalar.integrator) by \(scalar.method)\(step): \(value)."
    }
}
