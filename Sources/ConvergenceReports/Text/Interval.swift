import ConvergenceStudies
import Foundation

/// Intervals as text.
package enum Interval {
    /// `[0.0969, 0.1043]`, `[1.2, 3.4]×10⁻⁵`: to the last digit that the value has beside its
    /// standard error; empty where there is none.
    package static func text(_ low: Double?, _ high: Double?, standardError: Double?) -> String {
        guard let low, let high else { return "" }
        let largest = max(abs(low), abs(high))
        guard let error = standardError, error > 0, error.isFinite, largest > 0, largest.isFinite else {
            let ends = [low, high].map { Numbers.significant($0, digits: 4).typeset }
            return "[\(ends[0]), \(ends[1])]"
        }
        let place = Uncertainty.lastPlace(of: error)
        let scale = Int(log10(largest).rounded(.down))
        let isFixed = scale >= -4 && place <= 0
        let factor = isFixed ? 1 : pow(10, Double(scale))
        let decimals = isFixed ? -place : scale - place
        let ends = [low, high].map { Numbers.fixed($0 / factor, decimals: decimals) }
        let power = isFixed ? "" : "×10\(Superscript.text(scale))"
        return "[\(ends[0]), \(ends[1])]\(power)".replacing("-", with: Numbers.minus)
    }
}

extension Row {
    /// `[0.0969, 0.1043]` with as many digits as the standard error deserves; `≤ 0.044` where there is only a bound.
    var intervalText: String {
        if let bound = upperBound { return "≤ \(Numbers.significant(bound, digits: 2).typeset)" }
        return Interval.text(intervalLow, intervalHigh, standardError: standardError)
    }
}
