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
}
