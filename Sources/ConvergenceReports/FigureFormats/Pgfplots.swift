/// A `tikzpicture` for each figure, with the table it draws, and `figures.tex`, which shows them all.
public struct Pgfplots: FigureFormat {
    public let name = "pgfplots"
    public let summary =
        "a tikzpicture and its table for each figure, to \\input in a paper; figures.tex shows all"

    public init() {}

    public func files(of plots: [Plot]) -> [FigureFile] {
        plots.flatMap { plot in
            let table = FigureTable(plot)
            return [
                FigureFile(name: "\(plot.identifier).dat", text: table.text),
                FigureFile(name: "\(plot.identifier).tex", text: Self.picture(table)),
            ]
        } + [FigureFile(name: "figures.tex", text: Self.document(plots))]
    }

    private static func document(_ plots: [Plot]) -> String {
        let colours = Palette.onPaper.enumerated().map { colour("sv\($0 + 1)", $1) }
        let pages = plots.map {
            "\\begin{center}\n\\input{\($0.identifier)}\n\n\(TeXText.escape($0.title))\n\\end{center}\n"
        }
        return """
            % All figures; for a paper, copy the preamble and \\input single ones.
            \\documentclass{article}
            \\usepackage[utf8]{inputenc}
            \\usepackage[T1]{fontenc}
            \\usepackage{pgfplots}
            \\pgfplotsset{compat=1.14}
            \(colours.joined(separator: "\n"))
            \(colour("svsoft", Palette.soft))
            \\begin{document}
            \(pages.isEmpty ? "No figures." : pages.joined(separator: "\n"))\\end{document}

            """
    }

    private static func colour(_ name: String, _ hex: String) -> String {
        "\\definecolor{\(name)}{HTML}{\(hex.uppercased())}"
    }

    private static func picture(_ table: FigureTable) -> String {
        let plot = table.plot
        let options = [
            "width=11cm", "height=7.5cm", "xlabel={\(TeXText.escape(plot.horizontal.label))}",
            "ylabel={\(TeXText.escape(plot.vertical.label))}", "grid=major", "grid style={black!12}",
            "legend style={draw=none, at={(0,1.02)}, anchor=south west, legend columns=2, font=\\footnotesize}",
            "legend cell align=left",
        ]
        let axes = axis("x", plot.horizontal) + axis("y", plot.vertical)
        return """
            % \(TeXText.escape(plot.title))
            \\begin{tikzpicture}
            \\begin{axis}[
              \((options + axes).joined(separator: ",\n  "))]
            \(table.blocks.map { addplot($0, in: table) }.joined())\\end{axis}
            \\end{tikzpicture}

            """
    }

    private static func axis(_ name: String, _ axis: Axis) -> [String] {
        let range = [axis.range.lowerBound, axis.range.upperBound].map(axis.drawn)
        let ticks = axis.ticks.major.map { "\(axis.drawn($0.value))" }.joined(separator: ",")
        let labels = axis.ticks.major.map { "{\(TeXText.escape($0.label))}" }.joined(separator: ",")
        return (axis.scale == .logarithmic ? ["\(name)mode=log"] : []) + [
            "\(name)min=\(range[0])", "\(name)max=\(range[1])", "\(name)tick={\(ticks)}",
            "\(name)ticklabels={\(labels)}",
        ]
    }

    private static func addplot(_ block: FigureTable.Block, in table: FigureTable) -> String {
        let curve = block.curve
        let others = table.blocks.filter { $0.curve.name == curve.name }
        let isNamed =
            others.first?.number == block.number && !curve.name.isEmpty
            && ![.event, .band, .guide].contains(curve.kind)
        let options = [look(block), "forget plot"].joined(separator: ", ")
        // Line and marker of a series are drawn by two commands, and stand for it together.
        let legend =
            isNamed
            ? "\\addlegendimage{\(sign(others))}\n\\addlegendentry{\(TeXText.escape(curve.name))}\n" : ""
        let label =
            curve.kind == .guide
            ? " node[pos=0.95, anchor=\(isAbove(curve, table.plot) ? "south" : "north") east, font=\\scriptsize] {\(TeXText.escape(curve.name))}"
            : ""
        let source =
            "[restrict expr to domain={\\thisrow{block}}{\(block.number):\(block.number)}] {\(table.plot.identifier).dat}"
        guard curve.kind == .band else {
            let intervals =
                curve.kind == .point
                ? ", y error plus expr={\\thisrow{high}-\\thisrow{y}}, y error minus expr={\\thisrow{y}-\\thisrow{low}}"
                : ""
            return "\\addplot[\(options)] table[x=x, y=y\(intervals), "
                + source.dropFirst() + "\(label);\n" + legend
        }
        guard let row = block.rows.first, let last = block.rows.last, let low = row.low, let high = row.high
        else {
            return ""
        }
        return
            "\\addplot[\(options)] coordinates {(\(row.x),\(low)) (\(last.x),\(low)) (\(last.x),\(high)) (\(row.x),\(high))} -- cycle;\n"
            + legend
    }

    private static func isAbove(_ curve: FigureCurve, _ plot: Plot) -> Bool {
        plot.guides.first { $0.label == curve.name }?.side == .above
    }

    /// What stands for a series in the legend.
    private static func sign(_ blocks: [FigureTable.Block]) -> String {
        let marked =
            blocks.first { $0.curve.kind == .point && !$0.isHollow }
            ?? blocks.first { $0.curve.kind == .point }
        let lined = blocks.first { $0.curve.kind != .point }
        guard let marked else { return lined.map(look) ?? "no marks" }
        let mark = look(marked).prefix { $0 != "}" } + "}"
        guard let lined else { return String(mark) }
        return look(lined).replacing("no marks, ", with: "") + ", "
            + mark.replacing("only marks, ", with: "")
    }

    private static func look(_ block: FigureTable.Block) -> String {
        let style = block.curve.style
        let colour = style.map { "sv\($0.colour % Palette.onPaper.count + 1)" } ?? "svsoft"
        let dash = dashes[(style?.shape ?? 0) % dashes.count]
        switch block.curve.kind {
        case .point:
            let mark = marks[(style?.shape ?? 0) % marks.count]
            let fill = block.isHollow ? "white" : colour
            return
                "only marks, color=\(colour), mark=\(mark.name), mark size=1.8pt, mark options={solid, fill=\(fill)"
                + (mark.turn == 0 ? "" : ", rotate=\(mark.turn)")
                + "}, error bars/.cd, y dir=both, y explicit, error bar style={solid}, /pgfplots/.cd"
        case .line, .step: return "no marks, thick, color=\(colour), \(dash)"
        case .guide: return "no marks, color=\(colour), dashed"
        case .rule: return "no marks, color=\(colour)"
        case .band: return "draw=none, fill=\(colour), fill opacity=0.16, forget plot"
        case .event: return "only marks, mark=|, color=\(colour), mark size=2.5pt"
        }
    }

    private static let dashes = [
        "solid", "dashed", "densely dotted", "dash dot", "loosely dashed", "dotted",
    ]

    /// In the order of `Marker`.
    private static let marks = [
        ("*", 0), ("square*", 0), ("diamond*", 0), ("triangle*", 0), ("triangle*", 180), ("pentagon*", 0),
    ].map { (name: $0.0, turn: $0.1) }
}
