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

            \(entries.count) \(entries.count == 1 ? "claim" : "claims"): \(tally). Verdicts share one false-alarm budget; an interval is that of each study's
            confidence. A bound is *sharp* where what it allows is measured, to within its tolerance. The page comes from
            `spikeverify check` on the studies' files, and so do the reports that it links to.

            | claim | source | judged | found | expected | verdict | how sharp | report |
            |---|---|---|---|---|---|---|---|

            """
        return head + entries.map { lines(of: $0, $1) }.joined()
    }

    private static func lines(of claim: Claim, _ study: CheckedStudy) -> String {
        let statement = MarkdownSummary.escape(claim.statement)
        let source = MarkdownSummary.escape(claim.source)
        let report = "[\(MarkdownSummary.escape(study.name))](\(study.name.visible)/report.html)"
        guard case .judged(let result, _) = study.outcome else {
            return "| \(statement) | \(source) | could not be run | | | error | | |\n"
        }
        return result.judged.enumerated().map { index, check in
            let cells = [
                index == 0 ? statement : "", index == 0 ? source : "",
                MarkdownSummary.escape("\(check.placedTitle), \(check.integrator)"), check.foundText,
                MarkdownSummary.escape(check.expectedText), check.verdict.rawValue, sharpness(check),
                index == 0 ? report : "",
            ]
            return "| " + cells.joined(separator: " | ") + " |\n"
        }.joined()
    }

    /// Of a bound: whether what it allows is what is measured, to within its tolerance.
    static func sharpness(_ check: Check) -> String {
        guard check.kind != "equals", let value = check.value, let low = check.intervalLow,
            let high = check.intervalHigh
        else { return "" }
        if low <= check.expected + check.tolerance, high >= check.expected - check.tolerance {
            return "sharp"
        }
        if check.quantity == "error", value != 0 {
            return "a factor \(Numbers.fixed(check.expected / abs(value), decimals: 1)) below the bound"
        }
        return "exponent \(Numbers.fixed(abs(value - check.expected), decimals: 2)) better than the bound"
    }
}
