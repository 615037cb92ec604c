import Foundation

/// Numbers as text: the same bytes on every machine and in every locale.
package enum Numbers {
    /// The typographic minus sign; a hyphen is too short to be seen before a digit.
    package static let minus = "\u{2212}"

    /// `value` with a fixed number of decimals; never "-0.00".
    package static func fixed(_ value: Double, decimals: Int) -> String {
        let text = String(format: "%.\(max(0, decimals))f", value)
        let isZero = text.allSatisfy { "-0.".contains($0) }
        return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
    }

    /// A coordinate of a drawing: two decimals, trailing zeros dropped.  A page has so many of them that a general formatter
    /// would take most of its time.
    package static func coordinate(_ value: Double) -> String {
        let rounded = (100 * value).rounded(.toNearestOrEven)
        guard let hundredths = Int(exactly: rounded) else {
            return trimmingZeros(fixed(value, decimals: 2))
        }
        let sign = hundredths < 0 ? "-" : ""
        let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        if rest == 0 { return "\(sign)\(whole)" }
        if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
        return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// The shortest text that reads back as the same double, without ".0" after a whole number.
    package static func shortest(_ value: Double) -> String {
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// `value` to so many significant digits, in scientific notation where a fixed point would need many zeros.
    static func significant(_ value: Double, digits: Int) -> RoundedNumber {
        guard value != 0, value.isFinite else {
            return RoundedNumber(mantissa: value.isFinite ? "0" : "\(value)")
        }
        let rounded = String(format: "%.\(digits - 1)e", value)
        let exponent = rounded.split(separator: "e").last.flatMap { Int($0) } ?? 0
        guard exponent < -4 || exponent > 5 else {
            return RoundedNumber(mantissa: fixed(value, decimals: digits - 1 - exponent))
        }
        return RoundedNumber(mantissa: String(rounded.prefix { $0 != "e" }), exponent: exponent)
    }

    /// A whole number with thin groups of three digits: `65 536`.
    package static func grouped(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var groups: [Substring] = []
        var rest = digits[...]
        while rest.count > 3 {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        groups.insert(rest, at: 0)
        return (value < 0 ? minus : "") + groups.joined(separator: "\u{202F}")
    }

    /// A step in ms: a fraction `1/32` where the step is one, otherwise the shortest decimal.
    package static func step(_ h: Double) -> String {
        let inverse = 1 / h
        let isFraction = h < 1 && inverse == inverse.rounded() && inverse <= 1_048_576
        return isFraction ? "1/\(Int(inverse))" : shortest(h)
    }

    static func trimmingZeros(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var text = text[...]
        while text.hasSuffix("0") { text = text.dropLast() }
        if text.hasSuffix(".") { text = text.dropLast() }
        return String(text)
    }
}

/// A decimal number that has been rounded already, to be set in plain text or in typographic form.
package struct RoundedNumber: Equatable {
    /// Digits with an optional sign and point, and the standard error of the last digits in parentheses.
    var mantissa: String
    var exponent: Int?

    /// `3.67(20)e-5`: only characters every terminal has.
    package var plain: String {
        exponent.map { "\(mantissa)e\($0)" } ?? mantissa
    }

    /// `3.67(20)×10⁻⁵`, with a proper minus sign.
    package var typeset: String {
        let digits = mantissa.replacing("-", with: Numbers.minus)
        return exponent.map { "\(digits)×10\(Superscript.text($0))" } ?? digits
    }

    /// The same number with a plus sign unless it is negative or rounds to zero: for quantities whose sign is a finding.
    package var signed: RoundedNumber {
        let isZero = mantissa.prefix { $0 != "(" }.allSatisfy { "0.".contains($0) }
        return mantissa.hasPrefix("-") || isZero
            ? self : RoundedNumber(mantissa: "+" + mantissa, exponent: exponent)
    }
}

/// Exponents in Unicode's superscript digits, which need no markup.
enum Superscript {
    private static let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]

    /// `[1.2, 3.4]e-5` instead of `[1.2, 3.4]×10⁻⁵`.
    static func plain(_ text: String) -> String {
        String(
            text.replacing("×10", with: "e").map { character in
                if character == "⁻" { return "-" }
                return digits.firstIndex(of: character).map { Character("\($0)") } ?? character
            })
    }

    static func text(_ value: Int) -> String {
        let body = String(value.magnitude).map { digits[$0.wholeNumberValue ?? 0] }
        return (value < 0 ? "⁻" : "") + String(body)
    }
}
