import ConvergenceStudies
import Foundation

/// A Vega-Lite specification for each figure, with its data inside.
public struct VegaLite: FigureFormat {
    public let name = "vega-lite"
    public let summary = "a Vega-Lite specification for each figure, with its data inside"

    public init() {}

    public func files(of plots: [Plot]) -> [FigureFile] {
        plots.map { FigureFile(name: "\($0.identifier).vl.json", text: Self.text(of: $0)) }
    }

    /// Keys are sorted, so that the same figure is the same bytes.
    private static func text(of plot: Plot) -> String {
        let data = try? JSONSerialization.data(
            withJSONObject: shown(specification(plot)),
            options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        // Only numbers and strings are in it, so it always can be written.
        return String(decoding: data!, as: UTF8.self) + "\n"
    }

    /// All text in a specification is shown somewhere.
    private static func shown(_ value: Any) -> Any {
        switch value {
        case let text as String: text.visible
        case let list as [Any]: list.map(shown)
        case let object as [String: Any]: object.mapValues(shown)
        default: value
        }
    }

    private static func specification(_ plot: Plot) -> [String: Any] {
        let curves = plot.curves.filter { !$0.rows.isEmpty }
        let values = curves.enumerated().flatMap { order, curve in
            curve.rows.enumerated().map { value($1, of: curve, number: $0, order: order, in: plot) }
        }
        let kinds = [FigureCurve.Kind.band, .guide, .rule, .step, .line, .point, .event]
        let layers = kinds.filter { kind in curves.contains { $0.kind == kind } }.flatMap {
            Self.layers($0, in: plot)
        }
        return [
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json", "title": plot.title,
            "description": plot.description, "width": 420, "height": 280,
            "config": [
                "axis": ["gridOpacity": 0.5], "legend": ["orient": "top", "columns": 2, "labelLimit": 400],
            ],
            "data": ["values": values],
            "encoding": ["x": position("x", plot.horizontal), "y": position("y", plot.vertical)],
            "layer": layers.isEmpty ? [["mark": "point"]] : layers,
        ]
    }

    private static func value(
        _ row: FigureCurve.Row, of curve: FigureCurve, number: Int, order: Int, in plot: Plot
    ) -> [String: Any] {
        var value: [String: Any] = [
            "kind": curve.kind.rawValue, "series": curve.name.isEmpty ? curve.kind.rawValue : curve.name,
            "x": row.x, "place": number, "curve": order, "resolved": row.isResolved,
            "negative": row.isNegative,
        ]
        let lowest = plot.vertical.range.lowerBound
        if let y = row.y, y.isFinite { value["y"] = curve.kind == .step ? max(y, lowest) : y }
        if curve.kind == .event { value["y"] = plot.vertical.range.upperBound }
        // A logarithmic axis has no place for an end at zero.
        if let low = row.low, low.isFinite { value["low"] = max(low, lowest) }
        if let high = row.high, high.isFinite { value["high"] = high }
        if let end = row.end { value["end"] = end }
        if let h = row.h { value["h"] = h }
        return value
    }

    private static func position(_ field: String, _ axis: Axis) -> [String: Any] {
        let ticks = axis.ticks.major.map(\.value)
        let labels = axis.ticks.major.map { quoted($0.label) }.joined(separator: ",")
        let list = ticks.map { "\($0)" }.joined(separator: ",")
        var scale: [String: Any] = [
            "domain": [axis.range.lowerBound, axis.range.upperBound], "nice": false, "zero": false,
        ]
        switch axis.scale {
        case .linear: scale["type"] = "linear"
        case .logarithmic: scale["type"] = "log"
        case .symmetricLogarithmic(let core): (scale["type"], scale["constant"]) = ("symlog", core)
        }
        return [
            "field": field, "type": "quantitative", "scale": scale,
            "axis": [
                "title": axis.label, "values": ticks,
                "labelExpr": "[\(labels)][indexof([\(list)], datum.value)]",
            ] as [String: Any],
        ]
    }

    private static func layers(_ kind: FigureCurve.Kind, in plot: Plot) -> [[String: Any]] {
        let filter: [[String: Any]] = [["filter": "datum.kind === '\(kind.rawValue)'"]]
        // One domain in all layers, or their scales would be mixed up.
        let styled = plot.curves.filter { $0.style != nil && ![.band, .event].contains($0.kind) }
        let grey = ["color": ["value": "#" + Palette.soft], "detail": ["field": "curve"]] as [String: Any]
        func layer(_ mark: [String: Any], _ encoding: [String: Any]) -> [String: Any] {
            ["transform": filter, "mark": mark.merging(["clip": true]) { $1 }, "encoding": encoding]
        }
        let path: [String: Any] = ["order": ["field": "place"], "detail": ["field": "curve"]]
        let colour = channel(styled) { "#" + Palette.hex($0) }
        let dash = channel(styled) { dashes[$0.shape % dashes.count] }
        switch kind {
        case .guide:
            let names: [[String: Any]] = filter + [["filter": "datum.place === 1"]]
            return [
                layer(["type": "line", "strokeDash": [5, 4], "strokeWidth": 1], path.merging(grey) { $1 }),
                [
                    "transform": names, "mark": ["type": "text", "align": "right", "dy": -6, "fontSize": 10],
                    "encoding": ["text": ["field": "series"], "color": ["value": "#" + Palette.soft]],
                ],
            ]
        case .rule: return [layer(["type": "line", "strokeWidth": 0.7], path.merging(grey) { $1 })]
        case .line:
            return [layer(["type": "line"], path.merging(["color": colour, "strokeDash": dash]) { $1 })]
        case .step:
            return [
                layer(
                    ["type": "line", "interpolate": "step-after"],
                    path.merging(["color": colour, "strokeDash": dash]) { $1 })
            ]
        case .band:
            let ends: [String: Any] = [
                "y": ["field": "low"], "y2": ["field": "high"], "color": inks(kind, plot),
            ]
            return [layer(["type": "area", "opacity": 0.16], ends)]
        case .point:
            let ends: [String: Any] = ["y": ["field": "low"], "y2": ["field": "high"], "color": colour]
            let fill: [String: Any] = [
                "condition": ["test": "datum.resolved", "value": 1], "value": 0,
            ]
            let shape = channel(styled) { shapes[$0.shape % shapes.count] }
            return [
                layer(["type": "rule"], ends),
                layer(
                    ["type": "point", "size": 45],
                    ["color": colour, "fill": colour, "fillOpacity": fill, "shape": shape]),
            ]
        case .event:
            return [
                layer(
                    ["type": "tick", "thickness": 1.5, "size": 10, "orient": "vertical"],
                    ["color": inks(kind, plot)])
            ]
        }
    }

    /// Colours of curves that the legend does not name.
    private static func inks(_ kind: FigureCurve.Kind, _ plot: Plot) -> [String: Any] {
        let conditions = plot.curves.filter { !$0.rows.isEmpty }.enumerated().filter {
            $0.element.kind == kind
        }.map {
            ["test": "datum.curve === \($0.offset)", "value": "#" + Palette.hex($0.element.style)]
        }
        return ["condition": conditions, "value": "#" + Palette.soft]
    }

    /// Names and what stands for them, in the order of the figure, so that all layers share one legend.
    private static func channel(_ curves: [FigureCurve], _ value: (SeriesStyle) -> Any) -> [String: Any] {
        let names = unique(curves.map(\.name))
        let values = names.map { name in value(curves.first { $0.name == name }!.style!) }
        return [
            "field": "series", "type": "nominal", "title": NSNull(),
            "scale": ["domain": names, "range": values],
        ]
    }

    private static let dashes: [[Double]] = [
        [1, 0], [7, 2.5], [2.5, 2], [8, 2.5, 2, 2.5], [12, 3], [1.5, 3],
    ]
    /// In the order of `Marker`; a cross for the hexagon.
    private static let shapes = ["circle", "square", "diamond", "triangle-up", "triangle-down", "cross"]

    /// A string literal of Vega's expression language.
    private static func quoted(_ text: String) -> String {
        "'" + text.visible.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
}
