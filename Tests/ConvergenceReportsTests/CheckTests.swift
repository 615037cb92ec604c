import ConvergenceReports
import ConvergenceStudies
import Testing

struct CheckTests {
    /// The synthetic study with one check of every sort instead of its own expectations.
    static let result: StudyResult = {
        var result = Synthetic.single
        func check(
            _ quantity: String, _ name: String, observable: String = "", method: String = "",
            h: Double? = nil,
            kind: String, _ expected: Double, _ tolerance: Double, _ value: Double, _ error: Double,
            _ verdict: Verdict
        ) -> Check {
            Check(
                study: "quickstart", case: "network", integrator: "euler-maruyama", quantity: quantity,
                name: name, observable: observable, method: method, h: h, kind: kind, expected: expected,
                tolerance: tolerance, value: value, standardError: error, intervalLow: value - 2 * error,
                intervalHigh: value + 2 * error, verdict: verdict)
        }
        result.checks = [
            check("order", "strong-final", kind: "bound", 0.5, 0.1, 0.51, 0.01, .pass),
            check("error", "count-mismatch", h: 0.125, kind: "bound", 0.005, 0, 0.0077, 0.0001, .fail),
            check(
                "error", "weak", observable: "cos-V", h: 0.125, kind: "bound", 0.01, 0, 0.0009, 0.0001, .pass),
            check(
                "scalar", "lyapunov-V", method: "saltation", h: 0.125, kind: "equals", -0.03655, 0.0003,
                -0.0361, 0.0002, .inconclusive),
        ]
        result.checks[0].constant = 0.1413
        result.checks[1].adjustedProbability = 3.2e-9
        result.errorBudget = ErrorBudget(
            falseAlarm: 1e-6, studies: 3, checks: 4,
            looks: [.init(paths: 1024, spent: 0.25), .init(paths: 2048, spent: 0.5)], maximumPaths: 4096)
        return result
    }()

    @Test func theTerminalShowsWhatWasExpectedAndFound() {
        let text = TerminalReport(.tables).render(Self.result)
        #expect(text.contains("quickstart: fail, of 4 expectations 1 fails, 1 is inconclusive, 2 pass"))
        #expect(text.contains("0.51 [0.49, 0.53], 0.141 h^0.51") && text.contains("≥ 0.5 - 0.1"))
        #expect(text.contains("count-mismatch at h = 1/8") && text.contains("≤ 0.005"))
        #expect(text.contains("|·| ≤ 0.01") && text.contains("lyapunov-V by saltation at h = 1/8"))
        #expect(text.contains("-0.03655 ± 0.0003"))
        #expect(text.contains("count-mismatch at h = 1/8, euler-maruyama: p = 3.2e-9"))
        #expect(text.contains("equally among 3 studies, by Holm's method among 4 checks."))
        #expect(text.contains("It took 2 looks and 50.0 % of the budget"))
        for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    }

    @Test func theSummaryTellsFailuresFirst() throws {
        let summary = Findings(result: Self.result).summary
        let failure = try #require(
            summary.firstRange(of: "count-mismatch at h = 1/8 of euler-maruyama is 0.00770(10)"))
        let success = try #require(
            summary.firstRange(of: "strong-final of euler-maruyama falls with order 0.51"))
        #expect(failure.lowerBound < success.lowerBound)
    }

    @Test func thePageHasTheBudget() throws {
        let page = try HTMLReport().render(Self.result)
        #expect(
            page.contains("False-alarm budget 1e-6 of the run") && page.contains("count-mismatch at h = 1/8"))
    }

    @Test func checksSurviveTheirFile() throws {
        let text = try JSONReport().render(Self.result)
        let decoded = try JSONReport.decode(text)
        #expect(decoded.checks == Self.result.checks && decoded.errorBudget == Self.result.errorBudget)
        #expect(decoded.verdict == .fail)
    }

    @Test("results of versions without checks have those of their orders")
    func ordersAsChecks() {
        let judged = Synthetic.single.judged
        #expect(judged.count == 6 && judged.allSatisfy { $0.quantity == "order" && $0.expected > 0 })
        #expect(Synthetic.single.verdict == .fail)
    }
}
