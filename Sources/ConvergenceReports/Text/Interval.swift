import Foundation

/// Intervals as text.
enum Interval {
    /// `[0.0969, 0.1043]`, to the second digit of the standard error; empty where there is no interval.
    static func text(_ low: Double?, _ high: Double?, standardError: Double?) -> String {
        guard let low, let high else { return "" }
        return "[\(end(low, standardError)), \(end(high, standardError))]"
    }

    private static func end(_ value: Double, _ standardError: Double?) -> String {
        guard let error = standardError, error > 0, error.isFinite, value != 0 else {
            return Numbers.significant(value, digits: 4).typeset
        }
        let digits = Int(log10(abs(value)).rounded(.down)) - Int(log10(error).rounded(.down)) + 2
        return Numbers.significant(value, digits: max(1, min(digits, 15))).typeset
    }
}
