import ConvergenceStudies

/// What `check` says on a terminal about a study: the verdict, what keeps it from passing, what is worth knowing.
public enum CheckText {
    public static func text(of study: CheckedStudy) -> String {
        let cases = study.cases
        var lines = ["\(study.name): \(word(study.verdict))"]
        for check in CheckCase.all(of: [study]) where check.kind != .passed || check.isNotable {
            lines.append("  \(mark(check)) \(check.headline)")
            if !check.remedy.isEmpty { lines.append("    \(check.remedy)") }
        }
        if case .judged(let result, let baseline) = study.outcome {
            if let tally = Findings(result: result).tally { lines.append("  \(tally)") }
            lines += summary(of: baseline, study: study).map { "  \($0)" }
        }
        let passed = cases.count { $0.kind == .passed }
        if passed > 0 { lines.append("  \(passed) of \(ComparisonText.count(cases.count, "check")) passed") }
        return lines.joined(separator: "\n").visibleLines.replacing(Numbers.minus, with: "-") + "\n"
    }

    private static func word(_ verdict: Verdict?) -> String {
        guard let verdict else { return "error" }
        return verdict == .none ? "nothing was judged" : verdict.rawValue
    }

    package static func mark(_ check: CheckCase) -> String {
        switch check.kind {
        case .failure: "✗"
        case .error: "?"
        case .skipped: "-"
        case .passed: check.isNotable ? "!" : "✓"
        }
    }

    /// How much was compared, and how small a change would have been seen.
    package static func summary(of baseline: BaselineComparison, study: CheckedStudy) -> [String] {
        var lines: [String] = []
        if baseline.isIdentical {
            lines.append(
                "baseline: all \(baseline.comparisons.count) rows have the same numbers as before")
        } else if !baseline.comparisons.isEmpty {
            let outcomes: [SampleComparison.Outcome] = [.worse, .lost, .improved, .changed, .same]
            let counts = outcomes.map { ($0, baseline.count($0)) }.filter { $0.1 > 0 }
                .map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")
            lines.append(
                "baseline: \(ComparisonText.count(baseline.comparisons.count, "row")) compared, \(counts); "
                    + "false alarm in all at most \(Numbers.significant(baseline.budget.probability, digits: 1).typeset)"
            )
            lines.append("  " + sight(baseline))
            if baseline.comparisons.contains(where: { $0.outcome != .same }) {
                lines.append(
                    "  `spikeverify review` shows old and new; `spikeverify accept --case '\(study.name)/*'` takes over what is meant"
                )
            }
        }
        if baseline.comparisons.contains(where: { $0.relation == .sharedPaths }) {
            lines.append(
                "the same seed gave other numbers than the baseline has: the program, a solver, the machine, the study or the number of paths is another"
            )
        }
        if !baseline.removed.isEmpty {
            lines.append(
                "no longer measured, but in the baseline: \(baseline.removed.prefix(5).joined(separator: ", "))"
                    + (baseline.removed.count > 5 ? " and \(baseline.removed.count - 5) more" : ""))
        }
        if !baseline.comparisons.isEmpty, let scalars = scalars(of: study) {
            lines.append(
                "not compared, since neither more nor less of it is an error: \(scalars); `expect:` judges such values"
            )
        }
        return lines
    }

    /// The names of a result's rates and exponents; nil where it has none.
    private static func scalars(of study: CheckedStudy) -> String? {
        guard case .judged(let result, _) = study.outcome, !result.scalars.isEmpty else { return nil }
        return unique(result.scalars.map(\.name)).joined(separator: ", ")
    }

    private static func sight(_ baseline: BaselineComparison) -> String {
        let compared = baseline.comparisons.filter { $0.relation != .identical }
        let seen = compared.filter(\.canSeeDoubling).compactMap(\.detectable).sorted()
        guard !seen.isEmpty else { return "no row would have shown a doubling of its error; take more paths" }
        return
            "\(ComparisonText.count(seen.count, "row")) would have shown a doubling of the error, half of them a change by "
            + "\(ComparisonText.percent(seen[seen.count / 2]))"
    }
}
