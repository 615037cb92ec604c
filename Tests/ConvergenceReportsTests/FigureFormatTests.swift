import ConvergenceReports
import ConvergenceStudies
import Foundation
import Testing

@Suite("Figures for other programs")
struct FigureFormatTests {
    @Test("every format writes every figure under its own safe name", arguments: PageTests.results)
    func everyFigure(name: String, result: StudyResult) throws {
        let figures = FigureCollection.all(of: result)
        let drawings = try Outline(HTMLReport().render(result)).drawings.count
        #expect(figures.count == drawings, "the page and the files show the same")
        for format in ReportCatalogue.figureFormats {
            let files = ReportCatalogue.files(format, of: result)
            #expect(Set(files.map(\.name)).count == files.count, "\(format.name)")
            #expect(
                files.count >= figures.count && files.allSatisfy { $0.text.hasSuffix("\n") }, "\(format.name)"
            )
            #expect(files.allSatisfy { !$0.name.contains("/") && !$0.name.hasPrefix(".") }, "\(format.name)")
        }
    }

    @Test("the tidy table has the values and intervals of the rows")
    func tidy() throws {
        let file = try #require(Self.file("figure-csv", "error-strong-final.csv"))
        let lines = file.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        #expect(lines[0].joined(separator: ",") == "kind,series,x,x_end,y,y_low,y_high,resolved,negative")
        let points = lines.filter { $0[0] == "point" }
        let rows = Synthetic.single.rows.filter { $0.measure == "strong-final" }
        #expect(points.count == rows.count)
        for row in rows {
            let point = try #require(points.first { $0[1] == row.integrator && Double($0[2]) == row.h })
            #expect(Double(point[4]) == row.value && Double(point[5]) == row.intervalLow)
            #expect(Double(point[6]) == row.intervalHigh && point[7] == "\(row.resolved)")
        }
    }

    @Test("the drawn table has a block for every command, and only numbers")
    func table() throws {
        let table = try #require(Self.file("gnuplot", "error-weak-cos-V.dat"))
        #expect(table == Self.file("pgfplots", "error-weak-cos-V.dat"), "one table serves both")
        let lines = table.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
        #expect(lines.allSatisfy { $0.count == 5 && $0.allSatisfy { Double($0) != nil } })
        let blocks = Set(lines.map { String($0[0]) })
        let script = try #require(Self.file("gnuplot", "error-weak-cos-V.gp"))
        let drawn = Set(script.matches(of: #/\$1==(\d+)/#).map { String($0.output.1) })
        #expect(drawn == blocks)
        let picture = try #require(Self.file("pgfplots", "error-weak-cos-V.tex"))
        #expect(Set(picture.matches(of: #/\{(\d+):\d+\}/#).map { String($0.output.1) }) == blocks)
    }

    @Test("LaTeX gets ASCII only, whatever the names are", arguments: PageTests.results)
    func ascii(name: String, result: StudyResult) throws {
        let format = try #require(ReportCatalogue.figureFormat(named: "pgfplots"))
        for file in ReportCatalogue.files(format, of: result) {
            #expect(file.text.utf8.allSatisfy { $0 < 0x80 }, "\(file.name)")
        }
    }

    @Test("Vega-Lite specifications are JSON whose layers share one domain")
    func vega() throws {
        let format = try #require(ReportCatalogue.figureFormat(named: "vega-lite"))
        for file in ReportCatalogue.files(format, of: Synthetic.layered) {
            let object = try JSONSerialization.jsonObject(with: Data(file.text.utf8))
            let specification = try #require(object as? [String: Any], "\(file.name)")
            let layers = try #require(specification["layer"] as? [[String: Any]])
            let domains = layers.flatMap { layer in
                ((layer["encoding"] as? [String: [String: Any]]) ?? [:]).values.compactMap {
                    ($0["scale"] as? [String: Any])?["domain"] as? [String]
                }
            }
            #expect(Set(domains).count <= 1 && !layers.isEmpty, "\(file.name)")
        }
    }

    @Test("a figure of its own needs neither variables nor a page")
    func svg() throws {
        let svg = try #require(Self.file("svg", "error-strong-final.svg"))
        _ = try Outline(svg)
        #expect(
            !svg.contains("var(") && svg.contains("#0072b2") && svg.contains("RMS error of V at T (V-units)"))
    }

    /// Okabe and Ito's colours differ for the colour-blind; in grey, dashes and markers tell series apart.
    @Test("series differ in dashes and markers, not by colour alone")
    func grey() throws {
        let svg = try #require(Self.file("svg", "error-strong-final.svg"))
        for number in 1...4 {
            #expect(svg.contains("curve s\(number) d\(number)"), "series \(number)")
        }
    }

    private static func file(_ format: String, _ name: String) -> String? {
        ReportCatalogue.figureFormat(named: format).flatMap { format in
            ReportCatalogue.files(format, of: Synthetic.single).first { $0.name == name }?.text
        }
    }
}
