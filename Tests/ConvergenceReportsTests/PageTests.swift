import ConvergenceReports
import ConvergenceStudies
import Foundation
import FoundationXML
import Testing

struct PageTests {
    static let results = [
        ("single", Synthetic.single), ("layered", Synthetic.layered), ("empty", Synthetic.empty),
        ("hostile", Synthetic.hostile), ("degenerate", Synthetic.degenerate), ("many", Synthetic.many),
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
        #expect(outside.isEmpty)
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
        // 12 quantities, 2 drawings of the path, 4 histograms, 1 tail, 3 quantities × 4 integrators by layer, 2 scalars.
        #expect(outline.drawings.count == 12 + 2 + 4 + 1 + 12 + 2)
        let sections = [
            "orders", "path", "measures", "spike-times", "crossing-speeds", "populations", "scalars",
            "reading", "provenance",
        ]
        #expect(outline.identifiers.filter(sections.contains) == sections)
        #expect(try HTMLReport().render(Synthetic.layered).contains("<dt>lyapunov-V</dt>"))
        let single = try Outline(HTMLReport().render(Synthetic.single))
        #expect(!single.identifiers.contains("populations"))
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

    @Test func theSameResultIsTheSamePage() throws {
        #expect(try HTMLReport().render(Synthetic.layered) == HTMLReport().render(Synthetic.layered))
    }
}
