import ConvergenceReports
import ConvergenceStudies
import Foundation
import Testing

/// Text from files that would give orders to a terminal, an editor or a browser is shown instead, in every format.
@Suite("Control characters are shown, not obeyed")
struct VisibleTextTests {
    /// Colours, a window's title, a bell, C1's control sequence introducer, text from right to left, a line separator.
    static let hostile =
        "a\u{1B}[31m\u{0}\u{1B}]0;x\u{7}\u{8}\u{7F}\u{9B}2J\u{202E}\u{2028}\u{2066}\u{E0041}\r"

    @Test(arguments: [
        ("plain – µ \u{202F}²", "plain – µ \u{202F}²"), ("\u{1B}[31m", "\\x1b[31m"), ("a\0b", "a\\x00b"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"), ("\u{7F}\u{9B}", "\\x7f\\x9b"), ("\u{202E}x", "\\u202ex"),
        ("\u{E0041}", "\\U000e0041"), ("a\r\nb", "a\\r\\nb"), ("\\x1b", "\\x1b"),
    ])
    func written(_ text: String, _ shown: String) {
        #expect(text.visible == shown)
        #expect(shown.visible == shown)
    }

    @Test func linesAndTabsCanBeKept() {
        #expect("a\n\tb\u{1B}".visibleLines == "a\n\tb\\x1b")
    }

    @Test("JSON stays the same value")
    func json() throws {
        let text = String(decoding: try JSONEncoder().encode([Self.hostile]), as: UTF8.self).visibleJSON
        #expect(text.unicodeScalars.allSatisfy { !$0.isHidden })
        #expect(try JSONDecoder().decode([String].self, from: Data(text.utf8)) == [Self.hostile])
    }

    /// A result with hostile text at the end of each of its strings, where that leaves a result.
    static func result(everywhere: Bool) throws -> StudyResult {
        var result = try JSONReport.decode(JSONReport().render(Synthetic.layered))
        result.header.title += hostile
        result.header.host += hostile
        result.header.studyText += "# " + hostile
        for k in result.rows.indices { result.rows[k].note += hostile }
        for k in result.orders.indices { result.orders[k].note += hostile }
        guard everywhere else { return result }
        result.header.study += hostile
        result.header.toolVersion += hostile
        for k in result.rows.indices {
            result.rows[k].case += hostile
            result.rows[k].integrator += hostile
            result.rows[k].reference += hostile
            result.rows[k].observable += hostile
        }
        for k in result.orders.indices {
            result.orders[k].case += hostile
            result.orders[k].integrator += hostile
            result.orders[k].observable += hostile
        }
        for k in result.scalars.indices {
            result.scalars[k].name += hostile
            result.scalars[k].method += hostile
            result.scalars[k].integrator += hostile
            result.scalars[k].unit += hostile
        }
        for k in result.distributions.indices { result.distributions[k].integrator += hostile }
        result.samplePath?.tested.integrator += hostile
        return result
    }

    static func check(_ text: String, _ name: String) {
        let hidden = text.unicodeScalars.filter { $0.isHidden && $0 != "\n" && $0 != "\t" }
        #expect(hidden.isEmpty, "\(name): \(hidden.map { String($0.value, radix: 16) }.prefix(5))")
    }

    @Test("in every format of the catalogue", arguments: [false, true])
    func everyFormat(everywhere: Bool) throws {
        let result = try Self.result(everywhere: everywhere)
        for format in ReportCatalogue.formats where !(format is CrossingsReport) {
            Self.check(try format.render(result), format.name)
        }
        for format in ReportCatalogue.figureFormats {
            for file in ReportCatalogue.files(format, of: result) {
                Self.check(file.text, "\(format.name) \(file.name)")
                #expect(file.name.wholeMatch(of: /[A-Za-z0-9.-]+/) != nil, "\(file.name)")
            }
        }
        let coloured = TerminalReport(colour: true).render(result)
        Self.check(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: ""), "terminal in colour")
        #expect(coloured.contains("\\x1b[31m"))
    }

    @Test("a result keeps the text as it was")
    func kept() throws {
        let read = try JSONReport.decode(
            JSONReport().render(with(Synthetic.layered) { $0.header.title = "a\u{1B}\u{9B}" }))
        #expect(read.header.title == "a\u{1B}\u{9B}")
    }

    @Test("and in every format of a check")
    func everyCheckFormat() throws {
        let none = Baseline(study: "quickstart", series: [])
        let comparison = try BaselineComparison(baseline: none, candidate: none)
        let result = try Self.result(everywhere: true)
        let studies = [
            CheckedStudy(
                file: "f\u{1B}.yaml", name: "quickstart" + Self.hostile, outcome: .judged(result, comparison)),
            CheckedStudy(file: "f\u{1B}.yaml", name: "s", outcome: .failed("it said:\n" + Self.hostile)),
        ]
        Self.check(JUnitXML.text(of: studies), "JUnit")
        Self.check(GitHubAnnotations.text(of: studies), "annotations")
        Self.check(try CodeQuality.text(of: studies), "code quality")
        Self.check(MarkdownSummary.text(of: studies), "summary")
        for study in studies { Self.check(CheckText.text(of: study), "terminal") }
        let claim = Claim(statement: Self.hostile, source: Self.hostile)
        Self.check(
            try #require(Scoreboard.text(of: studies.map { (claim: claim, checked: $0) })), "scoreboard")
        Self.check(ReviewText.text(study: "s\u{1B}", comparison, showsAll: true), "review")
    }

    @Test("a forged name of several lines is refused")
    func severalLines() throws {
        for change: (inout StudyResult) -> Void in [
            { $0.header.title = "a\nquickstart: pass" }, { $0.rows[3].integrator = "a\nb" },
            { $0.scalars[0].unit = "\u{2028}" }, { $0.orders[0].note = "\r" },
        ] {
            var result = Synthetic.single
            change(&result)
            let text = try JSONReport().render(result)
            #expect(throws: ReportError.self) { try JSONReport.decode(text) }
        }
    }
}

private func with<Value>(_ value: Value, _ change: (inout Value) -> Void) -> Value {
    var value = value
    change(&value)
    return value
}
