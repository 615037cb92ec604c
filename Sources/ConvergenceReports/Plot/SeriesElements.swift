import Foundation

extension Series {
    static let fullRadius = 4.0
    /// Points nearer to each other than this are one point on any screen.
    private static let resolution = 0.2

    var markerRadius: Double {
        switch markers {
        case .none: 0
        case .small: 1.9
        case .full: Self.fullRadius
        }
    }

    var lineClass: String { "curve \(style.cssClass) \(style.dashClass)" + (isThin ? " thin" : "") }

    /// Where the line goes: bounds are not joined, for the values may be anywhere below.
    var joined: [(x: Double, y: Double)] { line ?? points.filter { !$0.isBound }.map { ($0.x, $0.y) } }

    func lineElement(_ layout: PlotLayout) -> SVGElement {
        let places = joined.compactMap { layout.point($0.x, $0.y, shift: shift) }
        return .path(Self.pathData(places), class: lineClass)
    }

    /// Error bars below, markers above them; points outside the axes are left out.
    func markerElements(_ layout: PlotLayout) -> [SVGElement] {
        guard markers != .none else { return [] }
        return points.flatMap { point -> [SVGElement] in
            let vertical = layout.plot.vertical.range
            // A bound beyond the axis is at its end: bounds do not stretch it.
            let y = point.isBound ? min(max(point.y, vertical.lowerBound), vertical.upperBound) : point.y
            guard layout.plot.horizontal.range.contains(point.x), vertical.contains(y),
                var place = layout.point(point.x, y, shift: shift)
            else { return [] }
            if point.isBound { place.y = min(place.y, layout.bottom - Point.boundLength(markerRadius)) }
            return errorBar(of: point, x: place.x, layout)
                + point.elements(style.cssClass, style.marker, size: markerRadius, at: place)
        }
    }

    /// An end beyond the axis is drawn as an arrow to the frame.
    private func errorBar(of point: Point, x: Double, _ layout: PlotLayout) -> [SVGElement] {
        guard let low = point.low, let high = point.high, low < high else { return [] }
        let axis = layout.plot.vertical
        let reachesBottom = axis.scale.shows(low) && low >= axis.range.lowerBound
        let reachesTop = high <= axis.range.upperBound
        // Arrows stop short of the frame, so that its line does not swallow their tips.
        let bottom = reachesBottom ? layout.y(low) : layout.bottom - 1.5
        let top = reachesTop ? layout.y(high) : layout.top + 1.5
        let cssClass = "bar \(style.cssClass)"
        return [
            .line(x, bottom, x, top, class: cssClass),
            end(at: x, bottom, barb: reachesBottom ? 0 : -5, class: cssClass),
            end(at: x, top, barb: reachesTop ? 0 : 5, class: cssClass),
        ]
    }

    /// A cap, or an arrow whose barbs lie so far below its tip on the page.
    private func end(at x: Double, _ y: Double, barb: Double, class cssClass: String) -> SVGElement {
        let places = [(x: x - 3, y: y + barb), (x: x, y: y), (x: x + 3, y: y + barb)]
        return .path(Self.pathData(places), class: cssClass)
    }

    static func pathData(_ places: [(x: Double, y: Double)]) -> String {
        var kept: [(x: Double, y: Double)] = []
        for (index, place) in places.enumerated() {
            if let last = kept.last, index < places.count - 1,
                abs(place.x - last.x) < resolution, abs(place.y - last.y) < resolution
            {
                continue
            }
            kept.append(place)
        }
        let pairs = kept.map { "\(Numbers.coordinate($0.x)),\(Numbers.coordinate($0.y))" }
        return pairs.isEmpty ? "M0,0" : "M" + pairs.joined(separator: "L")
    }
}

extension Series.Point {
    /// The marker of the point; `ink` is the class of its colour.
    func elements(
        _ ink: String, _ shape: Marker, size: Double, at place: (x: Double, y: Double)
    ) -> [SVGElement] {
        guard size > 0 else { return [] }
        if isBound { return boundElements(ink, size: size, at: place) }
        let outline = shape.path(radius: size, at: place.x, place.y)
        let marker = SVGElement.path(outline, class: "marker \(ink)" + (isHollow ? " hollow" : ""))
        guard isNegative else { return [marker] }
        let reach = size * 0.62
        let minus = SVGElement.line(
            place.x - reach, place.y, place.x + reach, place.y,
            class: "minus \(ink)" + (isHollow ? " hollow" : ""))
        return [marker, minus]
    }
}

extension Series.Point {
    /// Of the arrow down from a bound, for markers of a radius.
    static func boundLength(_ radius: Double) -> Double { 4.5 * radius }

    /// A bar with an arrow that leads down from it.
    private func boundElements(
        _ ink: String, size: Double, at place: (x: Double, y: Double)
    ) -> [SVGElement] {
        let (x, top, tip) = (place.x, place.y, place.y + Self.boundLength(size))
        return [
            .line(x - size, top, x + size, top, class: "bar \(ink)"),
            .line(x, top, x, tip, class: "bar \(ink)"),
            .path(
                Series.pathData([(x: x - 3, y: tip - 5), (x: x, y: tip), (x: x + 3, y: tip - 5)]),
                class: "bar \(ink)"),
        ]
    }
}

extension Stairs {
    /// An empty bin lies on the lower edge of the plot, also on a logarithmic axis.
    func element(_ layout: PlotLayout) -> SVGElement {
        var places: [(x: Double, y: Double)] = []
        for (index, height) in heights.enumerated() where index + 1 < edges.count {
            let isInside = layout.plot.vertical.scale.shows(height)
            let y = isInside ? min(layout.y(height), layout.bottom) : layout.bottom
            places.append((layout.x(edges[index]), y))
            places.append((layout.x(edges[index + 1]), y))
        }
        if let first = places.first, let last = places.last {
            places.insert((first.x, layout.bottom), at: 0)
            places.append((last.x, layout.bottom))
        }
        return .path(Series.pathData(places), class: "curve stairs \(style.cssClass) \(style.dashClass)")
    }
}
