/// The table that gnuplot and pgfplots draw a figure from: numbers in columns, one block after the other.
///
/// Intervals end at the frame, bins are written as the outline of the histogram, and on an axis that neither program has,
/// the symmetric logarithmic one, `x` is the place on the axis instead of the value.  The values themselves are in the
/// tidy table.
struct FigureTable {
    /// What is drawn with one command.
    struct Block {
        /// The number in the first column.
        var number: Int
        var curve: FigureCurve
        /// Whether its points are outlines: values that are not resolved.
        var isHollow = false
        var rows: [FigureCurve.Row]
    }

    let plot: Plot
    let blocks: [Block]

    init(_ plot: Plot) {
        self.plot = plot
        let parts = plot.curves.flatMap { curve -> [(FigureCurve, Bool, [FigureCurve.Row])] in
            guard curve.kind == .point else { return [(curve, false, curve.rows)] }
            return [
                (curve, false, curve.rows.filter(\.isResolved)),
                (curve, true, curve.rows.filter { !$0.isResolved }),
            ]
        }
        blocks = parts.filter { !$0.2.isEmpty }.enumerated().map { k, part in
            Block(
                number: k + 1, curve: part.0, isHollow: part.1,
                rows: Self.drawn(part.2, part.0.kind, in: plot))
        }
    }

    static let columns = ["block", "x", "y", "low", "high", "h"]

    /// `y_plus` and `y_minus` would depend on the axis; ends of intervals do not.
    var text: String {
        let lines = blocks.flatMap { block in
            block.rows.map { row in
                "\(block.number) "
                    + [row.x, row.y, row.low, row.high, row.h].map(number).joined(separator: " ") + "\n"
            }
        }
        return Self.columns.joined(separator: " ") + "\n" + lines.joined()
    }

    private func number(_ value: Double?) -> String {
        value.flatMap { $0.isFinite ? "\($0)" : nil } ?? "nan"
    }

    private static func drawn(_ rows: [FigureCurve.Row], _ kind: FigureCurve.Kind, in plot: Plot)
        -> [FigureCurve.Row]
    {
        let (lowest, highest) = (plot.vertical.range.lowerBound, plot.vertical.range.upperBound)
        func place(_ row: FigureCurve.Row, _ x: Double) -> FigureCurve.Row {
            var row = row
            row.x = plot.horizontal.drawn(x)
            row.low = row.low.map { max($0, lowest) } ?? row.y
            row.high = row.high.map { min($0, highest) } ?? row.y
            return row
        }
        switch kind {
        case .step:
            let outline = rows.flatMap { row -> [FigureCurve.Row] in
                var row = row
                row.y = max(row.y ?? lowest, lowest)
                return [place(row, row.x), place(row, row.end ?? row.x)]
            }
            guard var first = outline.first, var last = outline.last else { return [] }
            (first.y, last.y) = (lowest, lowest)
            return [first] + outline + [last]
        case .event:
            return rows.map { row in
                var row = row
                row.y = highest
                return place(row, row.x)
            }
        case .line, .point, .guide, .rule, .band:
            return rows.map { place($0, $0.x) }
        }
    }
}

extension Axis {
    /// Whether the axis is one that gnuplot and pgfplots have.
    var isOrdinary: Bool {
        switch scale {
        case .linear, .logarithmic: true
        case .symmetricLogarithmic: false
        }
    }

    /// The value where the axis is ordinary, the place on it otherwise.
    func drawn(_ value: Double) -> Double { isOrdinary ? value : scale.position(value) }
}
