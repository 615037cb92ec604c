import Foundation

/// The text of a plot: axes, guides, legend.
extension Plot {
    func axisElements(_ layout: PlotLayout) -> [SVGElement] {
        horizontalAxis(layout) + verticalAxis(layout)
    }

    private func horizontalAxis(_ layout: PlotLayout) -> [SVGElement] {
        let bottom = layout.bottom
        let major = horizontal.ticks.major.flatMap { tick -> [SVGElement] in
            let x = layout.x(tick.value)
            return [
                .line(x, layout.top, x, bottom, class: "grid"),
                .line(x, bottom, x, bottom + 5, class: "tick"),
                .text(tick.label, x, bottom + 18, anchor: "middle", class: "label"),
            ]
        }
        let minor = horizontal.ticks.minor.map { value in
            SVGElement.line(layout.x(value), bottom, layout.x(value), bottom + 3, class: "tick")
        }
        let middle = (layout.left + layout.right) / 2
        let name = SVGElement.text(
            horizontal.label, middle, layout.height - 7, anchor: "middle", class: "axis")
        return major + minor + [name]
    }

    private func verticalAxis(_ layout: PlotLayout) -> [SVGElement] {
        let left = layout.left
        let major = vertical.ticks.major.flatMap { tick -> [SVGElement] in
            let y = layout.y(tick.value)
            return [
                .line(left, y, layout.right, y, class: "grid"),
                .line(left - 5, y, left, y, class: "tick"),
                .text(tick.label, left - 8, y + 4, anchor: "end", class: "label"),
            ]
        }
        let minor = vertical.ticks.minor.map { value in
            SVGElement.line(left - 3, layout.y(value), left, layout.y(value), class: "tick")
        }
        let middle = (layout.top + layout.bottom) / 2
        return major + minor
            + [.text(vertical.label, 14, middle, anchor: "middle", class: "axis", turned: -90)]
    }

    /// Labels of guides, along them, and of reference lines, above their ends.
    func labelElements(_ layout: PlotLayout) -> [SVGElement] {
        guides.map { label(of: $0, layout) }
            + references.filter { !$0.label.isEmpty }.map { reference in
                switch reference.direction {
                case .horizontal:
                    .text(
                        reference.label, layout.right - 5, layout.y(reference.value) - 5, anchor: "end",
                        class: "note")
                case .vertical:
                    .text(reference.label, layout.x(reference.value) + 5, layout.top + 14, class: "note")
                }
            }
    }

    private func label(of guide: Guide, _ layout: PlotLayout) -> SVGElement {
        let start = (x: layout.x(guide.start.x), y: layout.y(guide.start.y))
        let end = (x: layout.x(guide.end.x), y: layout.y(guide.end.y))
        let angle = atan2(end.y - start.y, end.x - start.x)
        // An upper guide has free space above its lower end, a lower one below its upper end.
        let share = guide.side == .above ? 0.22 : 0.78
        let offset = guide.side == .above ? -6.0 : 14.0
        let x = start.x + share * (end.x - start.x) - offset * sin(angle)
        let y = start.y + share * (end.y - start.y) + offset * cos(angle)
        return .text(guide.label, x, y, anchor: "middle", class: "note", turned: angle * 180 / .pi)
    }

    func legendElements(_ layout: PlotLayout) -> [SVGElement] {
        layout.legend.entries.flatMap { entry -> [SVGElement] in
            let middle = entry.baseline - 4
            let end = entry.x + Legend.swatchWidth
            let text = SVGElement.text(
                entry.text, entry.x + Legend.width(of: entry.swatch), entry.baseline, class: "legend")
            switch entry.swatch {
            case .series(let series):
                let line = SVGElement.line(entry.x, middle, end, middle, class: series.lineClass)
                let point = Series.Point(x: 0, y: 0)
                let center = (entry.x + Legend.swatchWidth / 2, middle)
                return [line]
                    + point.elements(
                        series.style.cssClass, series.style.marker, size: series.markerRadius, at: center) + [
                        text
                    ]
            case .stairs(let stairs):
                let cssClass = "curve \(stairs.style.cssClass) \(stairs.style.dashClass)"
                return [.line(entry.x, middle, end, middle, class: cssClass), text]
            case .key(.point(let point)):
                // An arrow down from a bound begins above the middle.
                let outline = point.elements(
                    "neutral", .circle, size: point.isBound ? 3 : Series.fullRadius,
                    at: (entry.x + 5, point.isBound ? middle - 7 : middle))
                return outline + [text]
            case .key(.colour(let style)):
                return [.line(entry.x, middle, end, middle, class: "key \(style.cssClass)"), text]
            case .key(.shape(let style)):
                let line = SVGElement.line(
                    entry.x, middle, end, middle, class: "curve neutral \(style.dashClass)")
                let marker = Series.Point(x: 0, y: 0).elements(
                    "neutral", style.marker, size: Series.fullRadius,
                    at: (entry.x + Legend.swatchWidth / 2, middle))
                return [line] + marker + [text]
            }
        }
    }
}
