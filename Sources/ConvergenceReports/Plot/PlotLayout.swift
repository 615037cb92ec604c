/// Where on the page the parts of a plot go, in units of its view box.
struct PlotLayout {
    static let width = 440.0
    /// Widths are estimates for any sans-serif font: enough room for the widest common one.
    static let characterWidth = 7.1
    static let lineHeight = 18.0
    static let rugHeight = 14.0

    let plot: Plot
    /// The plot's frame.
    let left, right, top, bottom: Double
    let height: Double
    let legend: Legend

    init(_ plot: Plot) {
        self.plot = plot
        let labelWidth = plot.vertical.ticks.major.map { Self.textWidth($0.label) }.max() ?? 0
        let rugWidth = plot.rugs.map { Self.textWidth($0.name) }.max() ?? 0
        left = max(30 + labelWidth, 4 + rugWidth)
        let lastLabel = plot.horizontal.ticks.major.last.map { Self.textWidth($0.label) / 2 } ?? 0
        right = Self.width - max(10, lastLabel * 0.7)
        legend = Legend(plot, top: plot.heading.isEmpty ? 4 : 4 + Self.lineHeight)
        top = legend.bottom + Double(plot.rugs.count) * Self.rugHeight + 6
        height = top + plot.height
        bottom = height - 44
    }

    static func textWidth(_ text: String) -> Double {
        Double(text.count) * characterWidth
    }

    func x(_ value: Double) -> Double { left + plot.horizontal.share(value) * (right - left) }
    func y(_ value: Double) -> Double { bottom - plot.vertical.share(value) * (bottom - top) }

    /// Both coordinates as SVG text; nil for a point an axis has no place for.
    func point(_ x: Double, _ y: Double, shift: Double = 0) -> (x: Double, y: Double)? {
        guard plot.horizontal.scale.shows(x), plot.vertical.scale.shows(y) else { return nil }
        return (self.x(x) + shift, self.y(y))
    }
}
