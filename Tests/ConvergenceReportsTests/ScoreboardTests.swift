import ConvergenceReports
import ConvergenceStudies
import Testing

@Suite("The scoreboard of claims")
struct ScoreboardTests {
    static func check(
        kind: String, quantity: String = "order", value: Double, expected: Double, tolerance: Double
    )
        -> Check
    {
        Check(
            study: "quickstart", case: "network", integrator: "euler-maruyama", quantity: quantity,
            name: "count-mismatch", h: quantity == "error" ? 0.125 : nil, kind: kind, expected: expected,
            tolerance: tolerance, value: value, standardError: 0.01, intervalLow: value - 0.02,
            intervalHigh: value + 0.02, verdict: .pass)
    }

    static func page(_ checks: [Check]) -> String? {
        var result = Synthetic.single
        result.checks = checks
        let comparison = try! BaselineComparison(
            baseline: nil, candidate: Baseline(result), budget: .check, confidence: 0.95)
        let study = CheckedStudy(file: "q.yaml", name: "quickstart", outcome: .judged(result, comparison))
        let claim = Claim(statement: "errors are |small|", source: "arXiv:2603.10854")
        return Scoreboard.text(of: [(claim, study), (nil, study)])
    }

    @Test("says what was claimed, found and judged, and how sharp a bound is")
    func lines() throws {
        let page = try #require(
            Self.page([
                Self.check(kind: "bound", value: 0.51, expected: 0.5, tolerance: 0),
                Self.check(kind: "bound", value: 1.02, expected: 0.5, tolerance: 0.05),
                Self.check(kind: "bound", quantity: "error", value: 0.1, expected: 0.4, tolerance: 0),
            ]))
        let lines = page.split(separator: "\n").map(String.init)
        #expect(page.contains("1 claim: 1 pass, 0 fail, 0 inconclusive"))
        let table = lines.filter { $0.hasPrefix("| ") }
        #expect(table.count == 4)
        #expect(table[1].contains("errors are \\|small\\|") && table[1].contains("| sharp |"))
        #expect(table[1].contains("(quickstart/report.html)"))
        #expect(table[2].contains("exponent 0.52 better than the bound"))
        #expect(table[3].contains("a factor 4.0 below the bound"))
        // Bars inside cells are escaped, so that every line has the same number of columns.
        #expect(table.allSatisfy { $0.replacing("\\|", with: "").count { $0 == "|" } == 9 })
    }

    @Test("is not there without a claim")
    func none() {
        #expect(Scoreboard.text(of: []) == nil)
    }

    @Test("claims are read from study files, and must have a source")
    func claims() throws {
        let text = """
            study: s
            claim: {statement: the weak order is 1, source: arXiv:2603.10854}
            problem: {duration: 8}
            integrators: [euler-maruyama]
            steps: [0.5]
            measures: [strong-final]
            sampling: {paths: 8}
            """
        let study = try StudyFile.parse(text, file: "s.yaml")
        #expect(study.claim == Claim(statement: "the weak order is 1", source: "arXiv:2603.10854"))
        do {
            _ = try StudyFile.parse(text.replacing(", source: arXiv:2603.10854", with: ""), file: "s.yaml")
            Issue.record("a claim without a source was read")
        } catch { #expect("\(error)".contains("s.yaml:2:") && "\(error)".contains("\"source\" is missing")) }
    }
}
