import ConvergenceStudies
import Foundation

/// A gnuplot script for each figure, with the table it draws: `gnuplot error-strong-final.gp` makes a PDF.
public struct Gnuplot: FigureFormat {
    public let name = "gnuplot"
    public let summary = "a gnuplot script and its table for each figure; run in their folder, it makes a PDF"

    public init() {}

    public func files(of plots: [Plot]) -> [FigureFile] {
        plots.flatMap { plot in
            let table = FigureTable(plot)
            return [
                FigureFile(name: "\(plot.identifier).dat", text: table.text),
                FigureFile(name: "\(plot.identifier).gp", text: Self.script(table)),
            ]
        }
    }

    private static func script(_ table: FigureTable) -> String {
        let plot = table.plot
        let file = plot.identifier
        let commands = table.blocks.flatMap { Self.commands($0, in: table) }
        let labels = plot.guides.map { guide in
            "set label \(quoted(guide.label)) at \(plot.horizontal.drawn(guide.end.x)),\(plot.vertical.drawn(guide.end.y)) "
                + "right offset 0,\(guide.side == .above ? 0.6 : -0.6) textcolor rgb \"#\(Palette.soft)\"\n"
        }.joined()
        return """
            # \(plot.title.visible)
            set encoding utf8
            if (!exists("output")) output = "\(file).pdf"
            set terminal pdfcairo size 12cm,8cm font "Helvetica,10"
            set output output
            set key above left reverse Left samplen 2 spacing 1.1
            set xlabel \(quoted(plot.horizontal.label))
            set ylabel \(quoted(plot.vertical.label))
            \(axis("x", plot.horizontal))
            \(axis("y", plot.vertical))
            set tics nomirror out
            set grid lc rgb "#dddddd"
            set bars 0.6
            \(labels)plot \(commands.isEmpty ? "NaN notitle" : commands.joined(separator: ", \\\n     "))

            """
    }

    private static func axis(_ name: String, _ axis: Axis) -> String {
        let range = [axis.range.lowerBound, axis.range.upperBound].map { "\(axis.drawn($0))" }
        let major = axis.ticks.major.map { "\(quoted($0.label)) \(axis.drawn($0.value))" }
        let minor = axis.ticks.minor.map { "\"\" \(axis.drawn($0)) 1" }
        let scale = axis.scale == .logarithmic ? "set logscale \(name)\n" : ""
        return scale + "set \(name)range [\(range.joined(separator: ":"))]\n"
            + "set \(name)tics (\((major + minor).joined(separator: ", ")))"
    }

    /// Series are named once, at their points or, where they have none, at their line.
    private static func commands(_ block: FigureTable.Block, in table: FigureTable) -> [String] {
        let curve = block.curve
        let others = table.blocks.filter { $0.curve.name == curve.name && $0.number != block.number }
        let hasPoints = others.contains { $0.curve.kind == .point && !$0.isHollow }
        let isNamed = curve.kind == .point ? !(block.isHollow && hasPoints) : !hasPoints
        let title =
            isNamed && !curve.name.isEmpty && ![.event, .band, .guide].contains(curve.kind)
            ? "title \(quoted(curve.name))" : "notitle"
        let colour = "lc rgb \"#\(Palette.hex(curve.style))\""
        let dash = "dt \((curve.style?.shape ?? 1) % 5 + 1)"
        func data(_ columns: String) -> String {
            "\"\(table.plot.identifier).dat\" every ::1 using ($1==\(block.number) ? $2 : NaN):\(columns)"
        }
        switch curve.kind {
        case .point:
            let shape = pointTypes[(curve.style?.shape ?? 0) % pointTypes.count]
            let type = block.isHollow ? shape.hollow : shape.full
            return [data("3:4:5") + " with yerrorbars pt \(type) ps 0.6 \(colour) \(title)"]
        case .line, .step: return [data("3") + " with lines \(dash) lw 1.5 \(colour) \(title)"]
        case .guide: return [data("3") + " with lines dt 2 lw 1 \(colour) \(title)"]
        case .rule: return [data("3") + " with lines dt 1 lw 0.7 \(colour) \(title)"]
        case .band:
            return [data("4:5") + " with filledcurves fs transparent solid 0.16 noborder \(colour) \(title)"]
        case .event: return [data("3") + " with points pt 2 ps 0.4 \(colour) \(title)"]
        }
    }

    /// In the order of `Marker`: circle, square, diamond, triangle, inverted triangle, and a pentagon for the hexagon.
    private static let pointTypes = [(7, 6), (5, 4), (13, 12), (9, 8), (11, 10), (15, 14)].map {
        (full: $0.0, hollow: $0.1)
    }

    /// In single quotes nothing but the quote itself has a meaning; enhanced text is switched off by escaping.
    private static func quoted(_ text: String) -> String {
        var result = ""
        for character in text.visible {
            switch character {
            case "\\", "\"": result += "\\" + String(character)
            case "_", "^", "{", "}", "@", "&", "~": result += "\\\\" + String(character)
            default: result.append(character)
            }
        }
        return "\"\(result)\""
    }
}
