/// An element of a drawing, with everything in it escaped.
struct SVGElement {
    var name: String
    var attributes: [(String, String)]
    var children: [SVGElement]
    var text: String

    init(
        _ name: String, _ attributes: [(String, String)] = [], text: String = "",
        _ children: [SVGElement] = []
    ) {
        self.name = name
        self.attributes = attributes
        self.children = children
        self.text = text
    }

    var markup: String {
        let list = attributes.map { " \($0.0)=\"\(XMLText.escape($0.1))\"" }.joined()
        let content = XMLText.escape(text) + children.map(\.markup).joined()
        return content.isEmpty ? "<\(name)\(list)/>" : "<\(name)\(list)>\(content)</\(name)>"
    }

    static func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class cssClass: String
    ) -> SVGElement {
        path(
            "M\(Numbers.coordinate(x1)),\(Numbers.coordinate(y1))L\(Numbers.coordinate(x2)),\(Numbers.coordinate(y2))",
            class: cssClass)
    }

    static func path(_ data: String, class cssClass: String) -> SVGElement {
        SVGElement("path", [("class", cssClass), ("d", data)])
    }

    /// - Parameter anchor: `start`, `middle` or `end`.
    static func text(
        _ text: String, _ x: Double, _ y: Double, anchor: String = "start", class cssClass: String,
        turned angle: Double = 0
    ) -> SVGElement {
        let (left, top) = (Numbers.coordinate(x), Numbers.coordinate(y))
        let turn = angle == 0 ? [] : [("transform", "rotate(\(Numbers.coordinate(angle)) \(left) \(top))")]
        return SVGElement(
            "text", [("class", cssClass), ("x", left), ("y", top), ("text-anchor", anchor)] + turn, text: text
        )
    }
}
