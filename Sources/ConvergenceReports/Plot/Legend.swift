/// The names of a plot's series above it, in as many lines as they need.
struct Legend {
    struct Entry {
        var text: String
        var x: Double
        var baseline: Double
        var swatch: Swatch
    }

    enum Swatch {
        case series(Series)
        case stairs(Stairs)
        case key(LegendKey.Sign)
    }

    static let swatchWidth = 30.0
    private static let gap = 14.0

    let entries: [Entry]
    /// Lower edge of the last line.
    let bottom: Double

    init(_ plot: Plot, top: Double) {
        let named: [(String, Swatch)] =
            plot.series.filter { !$0.name.isEmpty }.map { ($0.name, .series($0)) }
            + plot.stairs.filter { !$0.name.isEmpty }.map { ($0.name, .stairs($0)) }
        let keys = plot.keys.map { ($0.text, Swatch.key($0.sign)) }
        var x = Self.indent
        var baseline = top + 13
        var placed: [Entry] = []
        for (text, swatch) in named + keys {
            let width = Self.width(of: swatch) + PlotLayout.textWidth(text)
            if x + width > PlotLayout.width, x > Self.indent {
                x = Self.indent
                baseline += PlotLayout.lineHeight
            }
            placed.append(Entry(text: text, x: x, baseline: baseline, swatch: swatch))
            x += width + Self.gap
        }
        entries = placed
        bottom = placed.isEmpty ? top : baseline + 6
    }

    private static let indent = 6.0

    static func width(of swatch: Swatch) -> Double {
        if case .key(.point) = swatch { return 14 }
        return swatchWidth + 6
    }
}
