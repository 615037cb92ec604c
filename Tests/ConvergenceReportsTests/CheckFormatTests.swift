import ConvergenceReports
import ConvergenceStudies
import Foundation
import FoundationXML
import Testing

@Suite("CI formats of large and hostile checks")
struct CheckFormatTests {
    /// A study with so many failed expectations.
    private static func study(failures: Int, text: String = "euler-maruyama") throws -> CheckedStudy {
        var result = Synthetic.single
        var order = try #require(result.orders.first { $0.order != nil })
        (order.expected, order.tolerance, order.kind, order.verdict) = (2, 0.1, "equals", .fail)
        result.orders = (0..<failures).map { k in
            order.integrator = "\(text)-\(k)"
            return order
        }
        let none = Baseline(study: "quickstart", series: [])
        return CheckedStudy(
            file: "a,b:c.yaml", name: "quickstart",
            outcome: .judged(result, try BaselineComparison(baseline: none, candidate: none)))
    }

    @Test("at most nine annotations, and how many more there are", arguments: [(9, 9), (10, 10), (40, 10)])
    func annotations(failures: Int, lines: Int) throws {
        let text = GitHubAnnotations.text(of: [try Self.study(failures: failures)])
        #expect(text.split(separator: "\n").count == lines)
        #expect(text.contains("more, in the summary") == (failures > 9))
        #expect(failures < 40 || text.contains("::31 more"))
        #expect(text.hasPrefix("::error file=a%2Cb%3Ac.yaml,"))
    }

    @Test("a summary that is too long is cut at a whole entry, and says how much is missing")
    func truncation() throws {
        let studies = [try Self.study(failures: 4000)]
        let text = MarkdownSummary.text(of: studies)
        #expect(text.utf8.count <= MarkdownSummary.sizeLimit && MarkdownSummary.sizeLimit < 1_000_000)
        let shown = text.split(separator: "\n").count { $0.hasPrefix("✗ ") }
        #expect(shown > 100 && text.hasSuffix("\n… and \(4000 - shown) more, in the report of the run.\n"))
        #expect(!MarkdownSummary.text(of: [try Self.study(failures: 10)]).contains("… and"))
    }

    @Test("text that looks like markup or a workflow command stays text")
    func hostile() throws {
        let studies = [try Self.study(failures: 1, text: "<b>|`x`\n::error::injected\u{1B} &amp; %0A")]
        let document = try XMLDocument(xmlString: JUnitXML.text(of: studies))
        let failure = try #require(try document.nodes(forXPath: "//failure").first?.stringValue)
        #expect(failure.contains("<b>|`x`\n::error::injected"))
        let commands = GitHubAnnotations.text(of: studies)
        #expect(commands.split(separator: "\n").count == 1 && commands.contains("%250A"))
        let summary = MarkdownSummary.text(of: studies)
        #expect(!summary.contains("<b>") && !summary.contains(" `x`"))
    }

    @Test("a study that could not be run is an error in every format")
    func failedRun() throws {
        let study = CheckedStudy(file: "s.yaml", name: "s", outcome: .failed("no memory"))
        #expect(
            study.verdict == nil
                && CheckText.text(of: study).hasPrefix("s: error\n  ? could not be run: no memory"))
        #expect(
            JUnitXML.text(of: [study]).contains(
                "<error message=\"could not be run: no memory\" type=\"environment\">"))
        #expect(try CodeQuality.text(of: [study]).contains("\"severity\" : \"major\""))
        #expect(MarkdownSummary.text(of: [study]).contains("❗ error"))
    }
}
