import ConvergenceStudies

/// The unit that a study says V is in, in place of `V-units` on axes and in tables.
struct VoltageUnit {
    /// Nil where the study does not say; `1` for a number.
    let name: String?

    init(_ header: Header) { name = header.unit }

    /// A label or a page of them.
    func shown(_ text: String) -> String {
        guard let name else { return text }
        guard name == "1" else {
            return text.replacing("V-units", with: name).replacing("V-unit", with: name)
        }
        // A number has no unit, but its inverse and its rates have what remains of theirs.
        let inverse = [(" (V-units)", ""), (" (1/V-unit)", ""), ("/V-units²", ""), ("V-units/", "1/")]
        return inverse.reduce(text) { $0.replacing($1.0, with: $1.1) }
            .replacing(" V-units", with: "").replacing("V-units", with: "1")
    }

    func shown(_ plot: Plot) -> Plot {
        guard name != nil else { return plot }
        var plot = plot
        plot.title = shown(plot.title)
        plot.description = shown(plot.description)
        plot.horizontal.label = shown(plot.horizontal.label)
        plot.vertical.label = shown(plot.vertical.label)
        return plot
    }
}
