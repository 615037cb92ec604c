import ConvergenceReports
import ConvergenceStudies
import Foundation
import Testing

@Suite("Figures for other programs")
struct FigureFormatTests {
    @Test("every format writes every figure under its own safe name", arguments: PageTests.results)
    func everyFigure(name: String, result: StudyResult) throws {
        let figures = FigureCollection.all(of: result)
        let outline = try Outline(HTMLReport().render(result))
        let opening = outline.identifiers.contains { $0.hasPrefix("opening") } ? 1 : 0
        #expect(figures.count == outline.drawings.count - opening, "the page and the files show the same")
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
        #expect(lines[0].joined(separator: ",") == "kind,series,x,x_end,y,y_low,y_high,resolved,negative,h")
        let points = lines.filter { $0[0] == "point" }
        let rows = Synthetic.single.rows.filter { $0.measure == "strong-final" }
        #expect(points.count == rows.count)
        for row in rows {
            let point = try #require(points.first { $0[1] == row.integrator && Double($0[2]) == row.h })
            #expect(Double(point[4]) == row.value && Double(point[5]) == row.intervalLow)
            #expect(Double(point[6]) == row.intervalHigh && point[7] == "\(row.resolved)")
        }
    }

    @Test(
        "figures are called by what they show, in letters, digits and hyphens", arguments: PageTests.results)
    func names(name: String, result: StudyResult) throws {
        let names = ReportCatalogue.figures(of: result)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.wholeMatch(of: /[A-Za-z0-9]+(-[A-Za-z0-9]+)*/) != nil }, "\(names)")
        let layered = ReportCatalogue.figures(of: Synthetic.layered)
        for expected in [
            "error-strong-final", "spike-times-exact-propagator-hermite", "scalar-lyapunov-V-by-twin",
            "error-count-mismatch-by-layer-euler-maruyama-linear", "crossing-speed",
        ] {
            #expect(layered.contains(expected), "\(layered)")
        }
        let format = try #require(ReportCatalogue.figureFormat(named: "svg"))
        let one = ReportCatalogue.files(format, of: Synthetic.layered, named: ["error-strong-final"])
        #expect(one.map(\.name) == ["error-strong-final.svg"])
    }

    @Test("every format says which guide has which slope, and has markers in its legend")
    func legends() throws {
        let picture = try #require(Self.file("pgfplots", "error-strong-final.tex"))
        #expect(picture.contains("{slope 1/2};") && picture.contains("{slope 1};"))
        let images = picture.split(separator: "\n").filter { $0.hasPrefix("\\addlegendimage") }
        #expect(
            images.count == Synthetic.integrators.count && images.allSatisfy { $0.contains("mark=") },
            "\(images)")
        let script = try #require(Self.file("gnuplot", "error-strong-final.gp"))
        #expect(
            script.contains("set label \"slope 1/2\" at ") && script.contains("set label \"slope 1\" at "))
        #expect(script.split(separator: "\n").allSatisfy { !$0.contains(" title \"") || $0.contains("pt ") })
        let vega = try #require(Self.file("vega-lite", "error-strong-final.vl.json"))
        #expect(vega.contains("\"type\" : \"text\""))
    }

    @Test("tables of error against work say which step a point is of")
    func workSteps() throws {
        let result = WorkPrecisionTests.timed(Synthetic.single)
        for (format, column) in [("figure-csv", 9), ("gnuplot", 5)] {
            let files = ReportCatalogue.files(
                try #require(ReportCatalogue.figureFormat(named: format)), of: result,
                named: ["work-strong-final"])
            let lines = files[0].text.split(separator: "\n").map {
                $0.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
            }
            let steps = Set(
                files[0].text.split(separator: "\n").compactMap {
                    Double(
                        $0.split(
                            omittingEmptySubsequences: false, whereSeparator: { $0 == "," || $0 == " " })[
                                column])
                }.filter(\.isFinite))
            #expect(steps == Set(Synthetic.steps), "\(lines.prefix(3))")
        }
    }

    @Test("the drawn table has a block for every command, and only numbers")
    func table() throws {
        let table = try #require(Self.file("gnuplot", "error-weak-cos-V.dat"))
        #expect(table == Self.file("pgfplots", "error-weak-cos-V.dat"), "one table serves both")
        let lines = table.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
        #expect(lines.allSatisfy { $0.count == 6 && $0.allSatisfy { Double($0) != nil } })
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
