/// Each figure as an SVG file of its own, with every colour written out: for slides and vector editors.
public struct StandaloneSVG: FigureFormat {
    public let name = "svg"
    public let summary = "each figure as an SVG file of its own, black on white"

    public init() {}

    public func files(of plots: [Plot]) -> [FigureFile] {
        plots.map { FigureFile(name: "\($0.identifier).svg", text: Self.text(of: $0)) }
    }

    /// The drawing of the page with a style sheet that needs neither variables nor a browser.
    static func text(of plot: Plot) -> String {
        let drawing = plot.svg
        let opening = drawing.firstIndex(of: ">").map { drawing.index(after: $0) } ?? drawing.startIndex
        let background = "<style>\(css)</style><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + drawing[..<opening] + background
            + drawing[opening...] + "\n"
    }

    /// The same as a part of a page, without the line that only a file has.
    static func inline(_ plot: Plot) -> String {
        text(of: plot).split(separator: "\n", maxSplits: 1).last.map(String.init) ?? ""
    }

    private static let css: String = {
        let series = Palette.onPaper.enumerated().map { inks(".s\($0 + 1)", "#" + $1) }
        return general + (series + [inks(".neutral", "#" + Palette.soft)]).joined() + shapes
    }()

    private static func inks(_ name: String, _ colour: String) -> String {
        ".curve\(name),.bar\(name),.rug\(name),.key\(name),.minus.hollow\(name){stroke:\(colour)}"
            + ".marker\(name){fill:\(colour);stroke:\(colour)}.marker.hollow\(name){fill:#fff}.band\(name){fill:\(colour)}"
    }

    private static let general = """
        text{fill:#1a1a1a;font:12px "Helvetica Neue",Helvetica,Arial,sans-serif}.axis,.heading{font-size:12.5px}
        .heading{font-weight:600}.note,.small{font-size:11px;fill:#\(Palette.soft)}
        .frame{fill:none;stroke:#1a1a1a}.grid{stroke:#1a1a1a;stroke-opacity:.11}.tick{stroke:#1a1a1a}
        .guide{stroke:#\(Palette.soft);stroke-dasharray:5 4}.reference{stroke:#1a1a1a;stroke-opacity:.7}
        .window{fill:#1a1a1a;fill-opacity:.1}.band{fill-opacity:.16}

        """

    private static let shapes = """
        .curve{fill:none;stroke-width:1.6;stroke-linejoin:round}.curve.thin{stroke-width:1.2}
        .bar{fill:none;stroke-width:1.2}.rug{stroke-width:1.5}.marker{stroke-width:1.2}
        .minus{stroke:#fff;stroke-width:1.6}.key{stroke-width:5}
        .d2{stroke-dasharray:7 2.5}.d3{stroke-dasharray:2.5 2}.d4{stroke-dasharray:8 2.5 2 2.5}
        .d5{stroke-dasharray:12 3}.d6{stroke-dasharray:1.5 3}

        """
}
