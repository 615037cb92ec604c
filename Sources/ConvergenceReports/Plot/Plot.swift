/// A figure with two axes: what it shows, not yet where on the page.
public struct Plot {
    /// Letters, digits and hyphens; no two figures of a page may share one.
    var identifier: String
    /// What the figure shows, for those who cannot see it.
    var title: String
    var description: String
    /// Printed above the plot where several plots stand side by side; empty otherwise.
    var heading = ""
    var horizontal: Axis
    var vertical: Axis
    var series: [Series] = []
    var stairs: [Stairs] = []
    var guides: [Guide] = []
    var references: [ReferenceLine] = []
    var windows: [ClosedRange<Double>] = []
    var bands: [Band] = []
    var rugs: [Rug] = []
    /// Explanations of colours, shapes and markers, beside the names of the series.
    var keys: [LegendKey] = []
    var height = 300.0
}

/// How a series is told from the others: a colour, and a shape, which is a marker and dashes.
struct SeriesStyle: Equatable {
    /// Colours and shapes that the style sheet has; those with higher numbers start again.
    private static let colours = 7
    private static let dashes = 6

    var colour: Int
    var shape: Int

    /// - Parameter index: position among the series, which gives both, for those who see no colour.
    init(index: Int) {
        self.init(colour: index, shape: index)
    }

    init(colour: Int, shape: Int) {
        self.colour = colour
        self.shape = shape
    }

    var cssClass: String { "s\(colour % Self.colours + 1)" }
    var dashClass: String { "d\(shape % Self.dashes + 1)" }
    var marker: Marker { Marker.allCases[shape % Marker.allCases.count] }
}

/// Points with error bars, joined or accompanied by a line.
struct Series {
    struct Point {
        var x: Double
        var y: Double
        var low: Double?
        var high: Double?
        /// Drawn as an outline: not to be trusted.
        var isHollow = false
        /// Drawn with a minus inside: the plotted size is that of a negative value.
        var isNegative = false
        /// `y` is no value but what it is at most: an arrow leads down from it.
        var isBound = false
        /// The step that the point is of, where that is not `x`; ms.
        var step: Double?
    }

    enum Markers: Equatable { case none, small, full }

    /// In the legend; empty where the plot's keys explain the style.
    var name: String
    var style: SeriesStyle
    var points: [Point]
    var markers = Markers.full
    /// The line; nil joins the points.
    var line: [(x: Double, y: Double)]?
    /// Shift to the right in page units, so that coinciding points can be told apart.
    var shift = 0.0
    var isThin = false
    /// Its name also where keys explain the style; nil where `name` is it.
    var fullName: String?
}

/// A histogram as an outline.
struct Stairs {
    var name: String
    var style: SeriesStyle
    /// One more than heights.
    var edges: [Double]
    var heights: [Double]
}

/// A power law to compare a curve with.
package struct Guide {
    package enum Side { case above, below }

    var exponent: Double
    var label: String
    var side: Side
    package var start: (x: Double, y: Double)
    package var end: (x: Double, y: Double)
}

/// A line across the plot at one value of an axis.
struct ReferenceLine {
    enum Direction { case horizontal, vertical }

    var direction: Direction
    var value: Double
    /// Printed at the line; empty where the axis says enough.
    var label: String
}

/// An interval of the vertical axis, shaded over the whole width: the uncertainty of a constant.
struct Band {
    var range: ClosedRange<Double>
    var style: SeriesStyle
}

/// Short ticks in a strip above the plot, such as the spikes of one trace.
struct Rug {
    var name: String
    var style: SeriesStyle
    var positions: [Double]
}

struct LegendKey {
    enum Sign {
        case point(Series.Point)
        /// What all series of the style's colour, or of its shape, have in common.
        case colour(SeriesStyle)
        case shape(SeriesStyle)
    }

    var sign: Sign
    var text: String

    static let unresolved = LegendKey(sign: .point(.init(x: 0, y: 0, isHollow: true)), text: "unresolved")
    static let bound = LegendKey(
        sign: .point(.init(x: 0, y: 0, isHollow: true, isBound: true)), text: "at most")
    static let negative = LegendKey(sign: .point(.init(x: 0, y: 0, isNegative: true)), text: "negative")
}
