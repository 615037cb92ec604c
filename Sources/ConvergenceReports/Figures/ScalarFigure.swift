import ConvergenceStudies

/// A scalar against the step, one curve per integrator; a value without a step is a band across.
enum ScalarFigure {
    /// Nil where nothing has a step.
    static func plot(_ table: ScalarTable, _ styles: IntegratorStyles) -> Plot? {
        let lines = table.lines.filter { line in line.levels.contains { $0.value != nil } }
        let stepped = lines.flatMap(\.levels).filter { $0.value != nil }
        guard !stepped.isEmpty else { return nil }
        let constants = table.constants.filter { $0.value != nil }
        let bars = (stepped + constants).flatMap {
            [$0.value, $0.intervalLow, $0.intervalHigh].compactMap { $0 }
        }
        var plot = Plot(
            identifier: FigureName.of("scalar", table.title), title: "\(table.title) against the step h",
            description: (constants + stepped).map(description).joined(separator: " "), heading: table.title,
            horizontal: .steps("step h (ms)", unique(stepped.compactMap(\.h))),
            vertical: .linear(
                table.unit.isEmpty ? table.name : "\(table.name) (\(table.unit))", bars, padding: 0.12))
        plot.series = lines.enumerated().map { index, line in
            Series(
                name: styles.legend(of: line.integrator), style: styles[line.integrator],
                points: line.levels.reversed().compactMap(point),
                shift: plot.shift(index, of: lines.count), fullName: line.integrator)
        }
        for (index, constant) in constants.enumerated() {
            plot.add(
                constant, name: table.label(of: constant), style: styles.further(index))
        }
        plot.keys = styles.keys
        return plot
    }

    private static func point(_ scalar: Scalar) -> Series.Point? {
        guard let h = scalar.h, let value = scalar.value else { return nil }
        return Series.Point(x: h, y: value, low: scalar.intervalLow, high: scalar.intervalHigh)
    }

    private static func description(_ scalar: Scalar) -> String {
        let step = scalar.h.map { " at h = \(Numbers.step($0)) ms" } ?? ""
        return "\(scalar.integrator)\(step): \(scalar.rounded?.typeset ?? "–")."
    }
}

extension Plot {
    /// A value that has no step: a line across, shaded to the width of its interval.
    fileprivate mutating func add(_ constant: Scalar, name: String, style: SeriesStyle) {
        guard let value = constant.value else { return }
        let ends = [horizontal.range.lowerBound, horizontal.range.upperBound]
        series.append(
            Series(name: name, style: style, points: ends.map { .init(x: $0, y: value) }, markers: .none))
        if let low = constant.intervalLow, let high = constant.intervalHigh, low < high {
            bands.append(Band(range: low...high, style: style))
        }
    }
}
