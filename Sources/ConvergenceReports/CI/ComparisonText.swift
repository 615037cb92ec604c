import ConvergenceStudies

/// A row beside its baseline, in words.
package enum ComparisonText {
    /// What happened to a series, with its largest change.
    static func headline(_ levels: [SampleComparison]) -> String {
        let subject = levels[0].subject
        let order: [SampleComparison.Outcome] = [.lost, .worse, .improved, .changed]
        guard let outcome = order.first(where: { outcome in levels.contains { $0.outcome == outcome } })
        else {
            return "\(subject) is the same at \(count(levels.count, "step"))"
        }
        let affected = levels.filter { $0.outcome == outcome }
        let worst = affected.max { abs($0.relativeChange ?? 0) < abs($1.relativeChange ?? 0) } ?? affected[0]
        return "\(subject) \(verb(outcome)) at \(affected.count) of \(count(levels.count, "step")); at h = "
            + "\(Numbers.step(worst.h)) ms it was \(worst.oldText) and is \(worst.newText)"
            + (worst.changeText.isEmpty ? "" : " (\(worst.changeText))")
            + (worst.isSameStudy ? "" : "; the study file has changed since")
    }

    private static func verb(_ outcome: SampleComparison.Outcome) -> String {
        switch outcome {
        case .same: "is the same"
        case .worse: "is worse"
        case .improved: "has improved"
        case .changed: "has changed its sign"
        case .lost: "has no value any more"
        }
    }

    /// `h = 1/2 ms: was 0.1007(16) [0.0975, 0.1039], is 0.1204(20) [0.1165, 0.1243], +20 %: worse …`
    static func line(_ level: SampleComparison) -> String {
        "h = \(Numbers.step(level.h)) ms: was \(level.oldText) \(level.oldInterval), is \(level.newText) "
            + "\(level.newInterval)\(level.changeText.isEmpty ? "" : ", \(level.changeText)"): "
            + "\(level.outcome.rawValue) (\(relation(level.relation)); \(sight(level)))"
    }

    private static func relation(_ relation: SampleComparison.Relation) -> String {
        switch relation {
        case .identical: "the same numbers"
        case .independent: "other paths"
        case .sharedPaths: "the same seed but other numbers, so standard errors were added"
        }
    }

    private static func sight(_ level: SampleComparison) -> String {
        guard let detectable = level.detectable else { return "no change would have been noticed" }
        return detectable == 0
            ? "any change would have been noticed"
            : "a change by \(percent(detectable)) would have been noticed"
    }

    package static func percent(_ share: Double) -> String {
        "\(Numbers.significant(100 * share, digits: 2).typeset) %"
    }

    static func text(_ estimated: Estimated?, measure: String) -> String {
        guard let estimated else { return "–" }
        let number = Uncertainty.text(estimated.value, estimated.standardError)
        return (Vocabulary.meaning(of: measure).isSigned ? number.signed : number).typeset
    }

    static func interval(_ estimated: Estimated?) -> String {
        guard let estimated, estimated.low.isFinite, estimated.high.isFinite else { return "" }
        return Interval.text(estimated.low, estimated.high, standardError: estimated.standardError)
    }

    package static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}

extension SampleComparison {
    /// `weak cos-V of euler-maruyama, layer-1`
    package var subject: String {
        let place = `case` == StudyResult.network ? "" : ", \(`case`)"
        return "\(Vocabulary.title(measure: measure, observable: observable)) of \(integrator)\(place)"
    }

    package var oldText: String { text(old) }
    package var newText: String { text(new) }
    package var oldInterval: String { interval(old) }
    package var newInterval: String { interval(new) }

    /// Of the size of the error; nil where there is nothing to be relative to.
    var relativeChange: Double? {
        guard let old, let new, old.value != 0 else { return nil }
        return abs(new.value / old.value) - 1
    }

    /// `+20 %`, `×11`; empty where nothing can be said.
    package var changeText: String {
        guard relation != .identical, let change = relativeChange else { return "" }
        guard change < 2 else { return "×\(Numbers.significant(1 + change, digits: 2).typeset)" }
        let sign = change < 0 ? Numbers.minus : "+"
        return sign + ComparisonText.percent(abs(change))
    }

    private func text(_ estimated: Estimated?) -> String {
        ComparisonText.text(estimated, measure: measure)
    }

    private func interval(_ estimated: Estimated?) -> String { ComparisonText.interval(estimated) }
}
