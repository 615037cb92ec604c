import ConvergenceReports
import ConvergenceStudies
import Foundation
import Testing

@Suite("What a page says first, and whether it can be read")
struct PageFaceTests {
    @Test("the verdict comes first, then how large errors are, then the command that gives the numbers")
    func verdictFirst() throws {
        let html = try HTMLReport().render(Synthetic.single)
        let parts = [
            "<h1>", "class=\"verdict fail\"", "✗ fail: of", "<section class=\"hero\"", "<svg",
            "class=\"sizes\"",
            "<nav>", "class=\"summary\"", "spikeverify run quickstart.yaml --paths 65536 --seed 1",
            "<details",
        ]
        let places = try parts.map { try #require(html.firstRange(of: $0)?.lowerBound, "\($0)") }
        #expect(places == places.sorted())
        var unjudged = Synthetic.single
        for k in unjudged.orders.indices {
            (unjudged.orders[k].verdict, unjudged.orders[k].expected) = (.none, nil)
        }
        #expect(!(try HTMLReport().render(unjudged)).contains("class=\"verdict"))
    }

    @Test("an inconclusive verdict names the paths that would settle it")
    func mindChange() throws {
        var check = try #require(Synthetic.single.judged.first { $0.value != nil })
        (check.verdict, check.kind, check.expected, check.tolerance) = (.inconclusive, "equals", 1, 0.2)
        (check.value, check.intervalLow, check.intervalHigh) = (1.1, 0.7, 1.5)
        // The edge is 0.1 away and the half-width 0.4, so 16 times the paths.
        let inside = try #require(MindChange(check, in: Synthetic.single))
        #expect(inside.paths == 16 * 65536 && inside.sentence.contains("let it pass"))
        #expect(inside.command == "spikeverify run quickstart.yaml --paths \(16 * 65536) --seed 1")
        (check.value, check.intervalLow, check.intervalHigh) = (1.3, 1.1, 1.5)
        let outside = try #require(MindChange(check, in: Synthetic.single))
        #expect(outside.paths == 4 * 65536 && outside.sentence.contains("let it fail"))
        (check.kind, check.value) = ("at-least", 0.8)
        #expect(MindChange(check, in: Synthetic.single)?.paths == nil, "on the edge")
        (check.value, check.intervalLow, check.intervalHigh) = (nil, nil, nil)
        check.name = "nothing"
        #expect(MindChange(check, in: Synthetic.single)?.sentence.contains("No number of paths") == true)
        check.verdict = .pass
        #expect(MindChange(check, in: Synthetic.single) == nil)
        let html = try HTMLReport().render(Synthetic.single)
        #expect(html.contains("What would change my mind"))
        let answer = /paths would .*\. <code>spikeverify run quickstart.yaml --paths \d+/
        #expect(html.firstMatch(of: answer) != nil)
    }

    @Test("the methods paragraph has what a reader needs to repeat the study")
    func methods() throws {
        let text = Methods.paragraph(Synthetic.single)
        for part in [
            "spikeverify 0.1.0", "hash 9ae16a3b2f90404f", "65\u{202F}536", "seed 1", "arXiv:2603.10854",
            "doi:10.1145/2063384.2063405", "doi:10.1152/jn.1996.76.2.1310", "1/2, 1/4, 1/8, 1/16, 1/32 ms",
            "95 %",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(!Methods.paragraph(Synthetic.empty).contains("Victor"))
    }

    /// WCAG 2.2: 4.5 for text (1.4.3), 3 for what is drawn (1.4.11), computed from the page's own style sheet.
    @Test("colours stand out from the page, in light, dark and print", arguments: [0, 1, 2])
    func contrast(scheme: Int) throws {
        let html = try HTMLReport().render(Synthetic.single)
        let blocks = html.matches(of: #/:root \{([^}]*)\}/#).map { String($0.output.1) }
        #expect(blocks.count == 3)
        let colours = Dictionary(
            uniqueKeysWithValues: blocks[scheme].matches(of: #/--([a-z0-9]+): (#[0-9a-f]+)/#).map {
                (String($0.output.1), Self.luminance(String($0.output.2)))
            })
        let page = try #require(colours["page"])
        let panel = try #require(colours["panel"])
        for name in ["ink", "soft", "pass", "fail", "open"] {
            let text = try #require(colours[name])
            #expect(Self.contrast(text, page) >= 4.5, "\(name) on the page")
            #expect(Self.contrast(text, panel) >= 4.5, "\(name) on a panel")
        }
        for number in 1...7 {
            #expect(Self.contrast(try #require(colours["s\(number)"]), page) >= 3, "series \(number)")
        }
    }

    private static func luminance(_ hex: String) -> Double {
        let digits = Array(hex.dropFirst())
        let pairs =
            digits.count == 3
            ? digits.map { [$0, $0] } : stride(from: 0, to: 6, by: 2).map { [digits[$0], digits[$0 + 1]] }
        let linear = pairs.map { pair -> Double in
            let share = Double(Int(String(pair), radix: 16)!) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    private static func contrast(_ a: Double, _ b: Double) -> Double {
        (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }
}
