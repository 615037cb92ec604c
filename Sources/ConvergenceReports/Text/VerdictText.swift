import ConvergenceStudies
import Foundation

/// Checks as text.
extension Check {
    var isOfOrder: Bool { quantity == "order" }

    /// `strong-final`, `weak cos-V at h = 1/8`, `lyapunov-V by saltation`.
    var title: String {
        let method = method.isEmpty || method == integrator ? "" : " by \(method)"
        let step = h.map { " at h = \(Numbers.step($0))" } ?? ""
        return Vocabulary.title(measure: name, observable: observable) + method + step
    }

    /// The same, with the layer or population that it is about.
    var placedTitle: String { self.case == StudyResult.network ? title : "\(title), \(self.case)" }

    /// `0.51`, `0.0155(5)`, or a dash where nothing was found.
    var valueText: String {
        guard let value else { return "–" }
        guard isOfOrder else { return Uncertainty.text(value, standardError).typeset }
        return Numbers.fixed(value, decimals: 2).replacing("-", with: Numbers.minus)
    }

    /// `[0.48, 0.54]`; empty where there is none.
    var intervalText: String {
        guard let low = intervalLow, let high = intervalHigh else { return "" }
        guard isOfOrder else { return Interval.text(low, high, standardError: standardError) }
        return "[\(Numbers.fixed(low, decimals: 2)), \(Numbers.fixed(high, decimals: 2))]"
            .replacing("-", with: Numbers.minus)
    }

    /// The value and its interval; for a bound the constant, too.
    var foundText: String {
        let found = intervalText.isEmpty ? valueText : "\(valueText) \(intervalText)"
        return lawText.isEmpty ? found : "\(found), \(lawText)"
    }

    /// For a terminal, where a value that is no order has its standard error instead of an interval.
    var plainFoundText: String {
        guard !isOfOrder, let value else { return foundText }
        return Uncertainty.text(value, standardError).plain
    }

    /// What a bound on an error turns out to be: `0.141 h^0.50`.
    var lawText: String {
        guard kind == "bound", isOfOrder, value != nil, let constant else { return "" }
        return "\(Numbers.significant(constant, digits: 3).plain) h^\(valueText)"
    }

    /// `0.5 ± 0.1`, `≥ 0.5 − 0.1`, `≤ 0.01`.
    var expectedText: String {
        let slack = Numbers.shortest(tolerance)
        let number = Numbers.shortest(expected).replacing("-", with: Numbers.minus)
        switch kind {
        case "at-least": return "≥ \(number)" + (tolerance == 0 ? "" : " − \(slack)")
        case "bound" where isOfOrder: return "≥ \(number)" + (tolerance == 0 ? "" : " − \(slack)")
        case "bound":
            let isSigned = quantity == "error" && Vocabulary.meaning(of: name).isSigned
            return (isSigned ? "|·| " : "") + "≤ \(number)" + (tolerance == 0 ? "" : " + \(slack)")
        default: return "\(number) ± \(slack)"
        }
    }

    /// Why a verdict is open, or what is to be known about it.
    var remark: String {
        guard verdict == .fail, let probability = adjustedProbability else { return note }
        let chance = "p = \(Numbers.significant(probability, digits: 2).plain)"
        return note.isEmpty ? chance : "\(chance); \(note)"
    }
}

/// How the probability of a false alarm was divided, in sentences.
extension ErrorBudget {
    var sentences: [String] { [division, spending].compactMap { $0 } }

    private var division: String {
        let among = studies > 1 ? "equally among \(studies) studies, " : ""
        return "False-alarm budget \(Numbers.significant(falseAlarm, digits: 1).plain) of the run: "
            + "\(among)by Holm's method among \(checks) \(checks == 1 ? "check" : "checks")."
    }

    /// Nil where one look spent all.
    private var spending: String? {
        guard looks.count > 1 || looks.contains(where: { $0.spent < 1 }) else { return nil }
        let percent = Numbers.significant(100 * (looks.last?.spent ?? 0), digits: 3).plain
        let times = looks.count == 1 ? "1 look" : "\(looks.count) looks"
        return
            "It took \(times) and \(percent) % of the budget; at \(Numbers.grouped(maximumPaths)) paths all "
            + "would have been spent."
    }
}
