import ConvergenceStudies
import Foundation

/// Orders of convergence as text.
extension Order {
    /// `0.51 [0.48, 0.54]`, or a dash where nothing could be fitted.
    var orderText: String {
        order == nil || intervalText.isEmpty ? valueText : "\(valueText) \(intervalText)"
    }

    /// `0.51`, or a dash where nothing could be fitted.
    var valueText: String {
        order.map { Numbers.fixed($0, decimals: 2).replacing("-", with: Numbers.minus) } ?? "–"
    }

    /// `[0.48, 0.54]`; empty where there is none.
    var intervalText: String {
        guard let low = intervalLow, let high = intervalHigh else { return "" }
        return "[\(Numbers.fixed(low, decimals: 2)), \(Numbers.fixed(high, decimals: 2))]"
            .replacing("-", with: Numbers.minus)
    }

    /// `0.5 ± 0.1`, `≥ 0.5`; nil where the study expects nothing.
    var expectedText: String? {
        guard let expected else { return nil }
        let slack = tolerance.map { " ± \(Numbers.shortest($0))" } ?? ""
        switch kind {
        case "at-least", "bound":
            let below = tolerance.map { " − \(Numbers.shortest($0))" } ?? ""
            return "≥ \(Numbers.shortest(expected))\(below)"
        default:
            return "\(Numbers.shortest(expected))\(slack)"
        }
    }

    /// Whether the study expects something of this order.
    var isExpected: Bool { expected != nil }
}
