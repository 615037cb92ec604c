import ConvergenceStudies

/// One page about the claims of a theory, in Markdown: for each what it says, what was measured, the verdict, and how sharp
/// a bound is.
public enum Scoreboard {
    /// - Parameter studies: With the claim of each; those without one are left out.
    /// - Returns: Nil where no study has a claim.
    public static func text(of studies: [(claim: Claim?, checked: CheckedStudy)]) -> String? {
        let entries = studies.compactMap { study in study.claim.map { ($0, study.checked) } }
        guard !entries.isEmpty else { return nil }
        let verdicts = entries.map { $0.1.verdict }
        let tally = [Verdict.pass, .fail, .inconclusive].map { verdict in
            "\(verdicts.count { $0 == verdict }) \(verdict.rawValue)"
        }.joined(separator: ", ")
        let head = """
            # Scoreboard

            \(entries.count) claims: \(tally). Verdicts share one false-alarm budget; an interval is that of each study's
            confidence. A bound is *sharp* where its exponent or value lies inside the measured interval.

            | claim | source | judged | found | expected | verdict | how sharp | report |
            |---|---|---|---|---|---|---|---|

            """
        return head + entries.map { lines(of: $0, $1) }.joined()
    }

    private static func lines(of claim: Claim, _ study: CheckedStudy) -> String {
        let statement = MarkdownSummary.escape(claim.statement)
        let source = MarkdownSummary.escape(claim.source)
        let report = "[\(study.name)](\(study.name)/report.html)"
        guard case .judged(let result, _) = study.outcome else {
            return "| \(statement) | \(source) | could not be run | | | error | | |\n"
        }
        return result.judged.enumerated().map { index, check in
            let cells = [
                index == 0 ? statement : "", index == 0 ? source : "",
                MarkdownSummary.escape("\(check.placedTitle), \(check.integrator)"), check.foundText,
                check.expectedText, check.verdict.rawValue, sharpness(check), index == 0 ? report : "",
            ]
            return "| " + cells.joined(separator: " | ") + " |\n"
        }.joined()
    }

    /// Of a bound: whether what it allows is what is measured.
    static func sharpness(_ check: Check) -> String {
        guard check.kind != "equals", let value = check.value, let low = check.intervalLow,
            let high = check.intervalHigh
        else { return "" }
        if low <= check.expected, high >= check.expected { return "sharp" }
        let distance = Numbers.fixed(abs(value - check.expected), decimals: 2)
        return check.isOfOrder ? "not sharp, by \(distance) in the exponent" : "not sharp, by \(distance)"
    }
}
