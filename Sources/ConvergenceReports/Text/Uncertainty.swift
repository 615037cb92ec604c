import Foundation

/// A measured value with its standard error, rounded to the digits that mean something.
package enum Uncertainty {
    /// `0.1007(16)`: the standard error in units of the last digit.
    ///
    /// The error has two digits where its leading digits are below 355 and one above, the rule of the Particle
    /// Data Group: rounding then never costs more than a fifth of the error. Without an error, or with an error
    /// of zero, the value has four significant digits and no parentheses.
    package static func text(_ value: Double, _ standardError: Double?) -> RoundedNumber {
        // Beside such a small error, or for such a large value, digits cannot be counted any more.
        guard let error = standardError, error > 1e-280, error < 1e280, abs(value) < 1e280 else {
            return Numbers.significant(value, digits: 4)
        }
        let place = lastPlace(of: error)
        let unit = pow(10, Double(place))
        // Of the rounded value: 9.97 with one decimal is 10.0.
        let scale = leadingExponent(max((abs(value) / unit).rounded() * unit, error) * (1 + 1e-12))
        guard scale < -4 || place > 0 else {
            let digits = fixedDigits(of: error, place: place)
            return RoundedNumber(mantissa: "\(Numbers.fixed(value, decimals: -place))(\(digits))")
        }
        let mantissa = value / pow(10, Double(scale))
        let digits = fixedDigits(of: error, place: place)
        return RoundedNumber(
            mantissa: "\(Numbers.fixed(mantissa, decimals: scale - place))(\(digits))", exponent: scale)
    }

    /// The power of ten of the last digit of `error` worth printing.
    static func lastPlace(of error: Double) -> Int {
        let exponent = leadingExponent(error)
        let threeDigits = (error / pow(10, Double(exponent - 2))).rounded()
        // 0.0949 is 0.09; 0.0950 would round to 0.10, whose second digit is then significant.
        return threeDigits < 355 || threeDigits >= 950
            ? exponent - 1 + (threeDigits >= 950 ? 1 : 0) : exponent
    }

    private static func fixedDigits(of error: Double, place: Int) -> String {
        Numbers.fixed((error / pow(10, Double(place))).rounded(), decimals: 0)
    }

    private static func leadingExponent(_ value: Double) -> Int {
        Int(log10(value).rounded(.down))
    }
}
