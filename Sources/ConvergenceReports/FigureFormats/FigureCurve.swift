/// A part of a figure as numbers, whatever program is to draw it.
struct FigureCurve {
    enum Kind: String {
        /// Joined points, or a fitted power law.
        case line
        /// Values with their intervals.
        case point
        /// A histogram: a value from x to the end of its bin.
        case step
        /// A power law to compare with.
        case guide
        /// A threshold or another constant.
        case rule
        /// The uncertainty of a constant.
        case band
        /// Times of spikes.
        case event
    }

    struct Row {
        var x: Double
        var end: Double?
        var y: Double?
        var low: Double?
        var high: Double?
        var isResolved = true
        /// Whether `y` is the size of a negative value.
        var isNegative = false
        /// ms, where `x` is something else.
        var h: Double?
    }

    var kind: Kind
    var name: String
    /// Nil for what is grey.
    var style: SeriesStyle?
    var rows: [Row]
}

extension Plot {
    /// Everything in the figure, what lies below first.
    var curves: [FigureCurve] {
        let width = [horizontal.range.lowerBound, horizontal.range.upperBound]
        return bands.map { band in
            FigureCurve(
                kind: .band, name: "interval", style: band.style,
                rows: width.map { .init(x: $0, low: band.range.lowerBound, high: band.range.upperBound) })
        }
            + guides.map { guide in
                FigureCurve(
                    kind: .guide, name: guide.label, style: nil,
                    rows: [guide.start, guide.end].map { .init(x: $0.x, y: $0.y) })
            }
            + references.map { FigureCurve(kind: .rule, name: $0.label, style: nil, rows: rows(of: $0)) }
            + stairs.map { FigureCurve(kind: .step, name: $0.name, style: $0.style, rows: $0.rows) }
            + series.flatMap(\.curves)
            + rugs.map { rug in
                FigureCurve(
                    kind: .event, name: rug.name, style: rug.style,
                    rows: rug.positions.filter(horizontal.range.contains).map { .init(x: $0) })
            }
    }

    private func rows(of line: ReferenceLine) -> [FigureCurve.Row] {
        switch line.direction {
        case .horizontal:
            [horizontal.range.lowerBound, horizontal.range.upperBound].map { .init(x: $0, y: line.value) }
        case .vertical:
            [vertical.range.lowerBound, vertical.range.upperBound].map { .init(x: line.value, y: $0) }
        }
    }
}

extension Stairs {
    fileprivate var rows: [FigureCurve.Row] {
        heights.indices.filter { $0 + 1 < edges.count }.map {
            .init(x: edges[$0], end: edges[$0 + 1], y: heights[$0])
        }
    }
}

extension Series {
    fileprivate var curves: [FigureCurve] {
        let name = fullName ?? name
        let vertices = joined
        let joined = FigureCurve(
            kind: .line, name: name, style: style, rows: vertices.map { .init(x: $0.0, y: $0.1) })
        let marked = FigureCurve(
            kind: .point, name: name, style: style,
            rows: points.map { point in
                .init(
                    x: point.x, y: point.y, low: point.isBound ? 0 : point.low,
                    high: point.isBound ? point.y : point.high, isResolved: !point.isHollow,
                    isNegative: point.isNegative, h: point.step)
            })
        return (vertices.count > 1 ? [joined] : []) + (markers == .none || points.isEmpty ? [] : [marked])
    }
}
