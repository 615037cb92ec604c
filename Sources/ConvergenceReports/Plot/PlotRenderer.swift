/// A plot as inline SVG: no scripts, no fixed colours, text that stays text.
extension Plot {
    package var svg: String {
        let layout = PlotLayout(self)
        let clip = "\(identifier)-clip"
        let frame = SVGElement.rectangle(
            layout.left, layout.top, width: layout.right - layout.left, height: layout.bottom - layout.top,
            class: "frame")
        let data = SVGElement(
            "g", [("clip-path", "url(#\(clip))")],
            areaElements(layout) + referenceElements(layout) + guideLines(layout)
                + stairs.map { $0.element(layout) } + series.map { $0.lineElement(layout) })
        let root = SVGElement(
            "svg",
            [
                ("xmlns", "http://www.w3.org/2000/svg"), ("class", "plot"), ("role", "img"),
                (
                    "viewBox",
                    "0 0 \(Numbers.coordinate(PlotLayout.width)) \(Numbers.coordinate(layout.height))"
                ),
                ("aria-labelledby", "\(identifier)-title \(identifier)-desc"),
            ],
            [
                SVGElement("title", [("id", "\(identifier)-title")], text: title),
                SVGElement("desc", [("id", "\(identifier)-desc")], text: description),
                SVGElement("clipPath", [("id", clip)], [frame]),
            ] + headingElements() + legendElements(layout) + axisElements(layout) + [data, frame]
                + rugElements(layout) + series.flatMap { $0.markerElements(layout) } + labelElements(layout))
        return root.markup
    }

    private func headingElements() -> [SVGElement] {
        heading.isEmpty ? [] : [.text(heading, 6, 15, class: "heading")]
    }

    private func areaElements(_ layout: PlotLayout) -> [SVGElement] {
        windows.map { window in
            let (left, right) = (layout.x(window.lowerBound), layout.x(window.upperBound))
            return .rectangle(
                left, layout.top, width: max(2, right - left), height: layout.bottom - layout.top,
                class: "window")
        }
            + bands.map { band in
                let (top, bottom) = (layout.y(band.range.upperBound), layout.y(band.range.lowerBound))
                return .rectangle(
                    layout.left, top, width: layout.right - layout.left, height: bottom - top,
                    class: "band \(band.style.cssClass)")
            }
    }

    private func referenceElements(_ layout: PlotLayout) -> [SVGElement] {
        references.map { reference in
            switch reference.direction {
            case .horizontal:
                let y = layout.y(reference.value)
                return .line(layout.left, y, layout.right, y, class: "reference")
            case .vertical:
                let x = layout.x(reference.value)
                return .line(x, layout.top, x, layout.bottom, class: "reference")
            }
        }
    }

    private func guideLines(_ layout: PlotLayout) -> [SVGElement] {
        guides.map { guide in
            .line(
                layout.x(guide.start.x), layout.y(guide.start.y), layout.x(guide.end.x),
                layout.y(guide.end.y),
                class: "guide")
        }
    }

    private func rugElements(_ layout: PlotLayout) -> [SVGElement] {
        rugs.enumerated().flatMap { index, rug in
            let top = layout.top - Double(rugs.count - index) * PlotLayout.rugHeight
            let ticks = rug.positions.filter(horizontal.range.contains).map { position in
                let x = layout.x(position)
                return SVGElement.line(
                    x, top + 1, x, top + PlotLayout.rugHeight - 3, class: "rug \(rug.style.cssClass)")
            }
            let name = SVGElement.text(rug.name, layout.left - 4, top + 10, anchor: "end", class: "small")
            return ticks + [name]
        }
    }
}
