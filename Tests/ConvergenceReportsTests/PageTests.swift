import ConvergenceReports
import ConvergenceStudies
import Foundation
import FoundationXML
import Testing

struct PageTests {
    static let results = [
        ("single", Synthetic.single), ("layered", Synthetic.layered), ("empty", Synthetic.empty),
        ("hostile", Synthetic.hostile), ("degenerate", Synthetic.degenerate), ("many", Synthetic.many),
        ("timed", WorkPrecisionTests.timed(Synthetic.single)), ("kin", WorkPrecisionTests.kin),
    ]

    @Test(arguments: results)
    func thePageIsWellFormedAndSelfContained(name: String, result: StudyResult) throws {
        let html = try HTMLReport().render(result)
        let outline = try Outline(html)
        #expect(!html.contains("<script") && !html.contains("Optional("))
        let coordinates = outline.attributes.filter {
            ["d", "x", "y", "height", "width", "transform"].contains($0.name)
        }
        #expect(!coordinates.contains { $0.value.contains("nan") || $0.value.contains("inf") })
        let outside = outline.attributes.filter { ["src", "href", "action"].contains($0.name) }
        #expect(outside.allSatisfy { $0.value.hasPrefix("#") })
        #expect(outside.allSatisfy { outline.identifiers.contains(String($0.value.dropFirst())) })
        #expect(outside.count >= 3, "a table of contents")
        #expect(!html.contains("url(http") && !html.contains("@import"))
        #expect(outline.identifiers.count == Set(outline.identifiers).count, "every id must be unique")
    }

    @Test(arguments: results)
    func everyFigureIsDescribed(name: String, result: StudyResult) throws {
        let outline = try Outline(HTMLReport().render(result))
        #expect(outline.drawings.count == outline.titles.count && !outline.titles.contains(""))
        for drawing in outline.drawings {
            #expect(drawing["role"] == "img")
            let named = (drawing["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
            #expect(named.count == 2 && named.allSatisfy(outline.identifiers.contains))
        }
    }

    @Test func everyKindOfFigureIsThere() throws {
        let outline = try Outline(HTMLReport().render(Synthetic.layered))
        // The opening, 12 quantities, 2 drawings of the path, 4 histograms, 1 tail, 3 quantities × 4 integrators by layer, a rate and
        // two exponents.
        #expect(outline.drawings.count == 1 + 12 + 2 + 4 + 1 + 12 + 3)
        let sections = [
            "orders", "path", "measures", "spike-times", "crossing-speeds", "populations", "scalars",
            "reading", "methods", "provenance",
        ]
        #expect(outline.identifiers.filter(sections.contains) == sections)
        #expect(try HTMLReport().render(Synthetic.layered).contains("<dt>lyapunov-V</dt>"))
        let single = try Outline(HTMLReport().render(Synthetic.single))
        #expect(!single.identifiers.contains("populations"))
    }

    /// Seven curves in a panel could not be told apart.
    @Test("many populations are drawn side by side, one panel per quantity")
    func manyPopulations() throws {
        let result = Synthetic.populations(["source", "w-20", "w-10", "w0", "w10", "w20", "w40"])
        let html = try HTMLReport().render(result)
        let titles = try Outline(html).titles.filter { $0.contains("by population") }
        #expect(
            titles
                == ["strong-final", "count-mismatch", "weak spike-count"].map {
                    "\($0) at h = 1/2 ms, by population"
                })
        #expect(html.contains("<h2>Error by population</h2>"))
        #expect(try HTMLReport().render(Synthetic.layered).contains("<h2>Error by layer</h2>"))
    }

    @Test func valuesHaveTheRightDigits() throws {
        let html = try HTMLReport().render(Synthetic.single)
        for text in [
            "0.1007(16)", "+0.0292(7)", "−0.0244(6)", "[0.0975, 0.1039]", "+0.00367(20)", "−0.03655(4)",
            "0.51 [0.48, 0.54]", "✓ pass", "✗ fail", "? inconclusive", "65\u{202F}536 paths",
            "effective sample 13 is under 30",
            "spikeverify run quickstart.yaml --paths 65536 --seed 1", "slope 1/2", "slope 5/2 (sharp law)",
        ] {
            #expect(html.contains(text), "\(text)")
        }
    }

    @Test func hostileTextIsShownAndNotObeyed() throws {
        let html = try HTMLReport().render(Synthetic.hostile)
        #expect(html.contains("&lt;b&gt;&amp;&quot;"))
        #expect(html.contains("{{title}}"), "a value is not a template")
        #expect(!html.contains("<b>") && !html.contains("<\u{301}") && !html.contains("\u{1B}"))
    }

    @Test func negativeAndUnresolvedLevelsLookDifferent() throws {
        let bias = Quantity(measure: "weak", observable: "cos-V")
        let svg = try #require(ErrorFigure.network(bias, in: Synthetic.single, identifier: "x")).svg
        #expect(svg.contains("class=\"minus s3\"") && !svg.contains("class=\"minus s1\""))
        #expect(
            svg.contains("marker s1 hollow") && svg.contains(">negative<") && svg.contains(">unresolved<"))
        let strong = Quantity(measure: "strong-final", observable: "")
        let plain = try #require(ErrorFigure.network(strong, in: Synthetic.single, identifier: "x")).svg
        #expect(!plain.contains("minus") && !plain.contains("hollow"))
    }

    @Test func roundingDoesNotStretchTheAxis() throws {
        let bias = Quantity(measure: "weak", observable: "tanh-I")
        var result = Synthetic.single
        for index in result.rows.indices where result.rows[index].observable == "tanh-I" {
            guard result.rows[index].integrator == "exact-propagator" else { continue }
            (result.rows[index].value, result.rows[index].standardError) = (3e-19, 1e-19)
            (result.rows[index].intervalLow, result.rows[index].intervalHigh) = (1e-19, 5e-19)
            result.rows[index].note = Row.roundingNote
        }
        let svg = try #require(ErrorFigure.network(bias, in: result, identifier: "x")).svg
        #expect(svg.contains("10⁻³") && !svg.contains("10⁻¹⁸") && !svg.contains("10⁻¹⁹"))
        let html = try HTMLReport().render(result)
        #expect(
            html.contains("Not drawn, since zero up to rounding: exact-propagator; exact-propagator+hermite.")
        )
        #expect(html.contains("3.0(10)×10⁻¹⁹"), "the table has them")
    }

    @Test("an upper bound is an arrow down from it, and does not stretch the axis")
    func bounds() throws {
        let strong = Quantity(measure: "strong-final", observable: "")
        var result = Synthetic.single
        let plain = try #require(ErrorFigure.network(strong, in: result, identifier: "x")).svg
        let ticks = { (svg: String) in svg.matches(of: />10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]*</).map { String($0.output) } }
        for bound in [0.02, 7e-9, 3e5] {
            let last = try #require(
                result.rows.lastIndex {
                    $0.measure == "strong-final" && $0.integrator == "exact-propagator+hermite"
                })
            (result.rows[last].resolved, result.rows[last].upperBound) = (false, bound)
            (result.rows[last].intervalLow, result.rows[last].intervalHigh) = (nil, nil)
            let svg = try #require(ErrorFigure.network(strong, in: result, identifier: "x")).svg
            #expect(ticks(svg) == ticks(plain), "\(bound)")
            #expect(svg.contains(">at most<") && !svg.contains("hollow"))
            // Whatever it is, the arrow is there, and inside the frame.
            let arrow = try #require(
                svg.firstMatch(of: #/class="bar s4" d="M[\d.]+,[\d.]+L[\d.]+,([\d.]+)L[^"]*"/#))
            #expect(try #require(Double(arrow.output.1)) < 300)
        }
    }

    @Test("the page opens with error sizes and their figure")
    func sizes() throws {
        let html = try HTMLReport().render(Synthetic.single)
        #expect(
            html.contains(
                "At h = 1/8 ms euler-maruyama is 5.1 % of a reset off; exact-propagator 4.5 %; euler-maruyama+linear 4.3 %; exact-propagator+hermite 0.7"
            ), "\(html.firstMatch(of: /<p class="sizes">[^<]*/)?.output ?? "none")")
        let unfolded = html.replacing(#/<details.*?<\/details>/#.dotMatchesNewlines(), with: "")
        let face = unfolded.split(separator: "</style>")[1]
        #expect(face.matches(of: /<svg/).count == 1 && !face.contains("<table"), "\(face)")
    }

    @Test func barsBeyondTheAxisEndInArrows() throws {
        let strong = Quantity(measure: "strong-final", observable: "")
        var result = Synthetic.single
        let arrow = #/class="bar s1" d="M[\d.]+,([\d.]+)L[\d.]+,([\d.]+)L/#
        func arrows() throws -> Int {
            let svg = try #require(ErrorFigure.network(strong, in: result, identifier: "x")).svg
            return svg.matches(of: arrow).filter { $0.output.1 != $0.output.2 }.count
        }
        #expect(try arrows() == 0)
        result.rows[0].intervalLow = 0
        #expect(try arrows() == 1)
    }

    @Test func theCloseUpShowsHowNearTheOtherOneComes() throws {
        var result = Synthetic.empty
        let times = stride(from: 0, through: 100, by: 0.5).map(\.self)
        // Both rise to the threshold at 60 ms; one stays just below it.
        func trace(_ name: String, height: Double, spikes: [Double]) -> SamplePath.Trace {
            let voltages = times.map {
                $0 <= 60 || spikes.isEmpty ? height - abs($0 - 60) / 60 : ($0 - 60) / 60
            }
            return .init(integrator: name, h: nil, times: times, voltages: voltages, spikes: spikes)
        }
        result.samplePath = SamplePath(
            path: 0, neuron: 0, threshold: 1, reset: 0, closeUp: [58, 62], crossingSpeed: 0.02,
            reference: trace("exact-event", height: 0.9987, spikes: []),
            tested: trace("euler-maruyama", height: 1, spikes: [60]))
        let html = try HTMLReport().render(result)
        #expect(
            html.contains(
                "euler-maruyama fires at 60 ms, while the reference comes no nearer to the threshold than 0.0013 V-units"
            ))
        #expect(html.contains(">0.990<") && html.contains(">where the two come apart, enlarged<"))
    }

    @Test func theSameResultIsTheSamePage() throws {
        #expect(try HTMLReport().render(Synthetic.layered) == HTMLReport().render(Synthetic.layered))
    }
}
