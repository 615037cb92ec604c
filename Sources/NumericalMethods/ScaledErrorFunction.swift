#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The error function's complement without its exponential.
package enum ScaledErrorFunction {
    /// erfcx(x) = e^{x²} erfc(x), to a few units in the last place; infinity where x < -26.6.
    ///
    /// Below 12 it is the product, with e^{x²} corrected for the rounding of x².  Beyond, the terms of the
    /// asymptotic series, 1/(x√π) Σ (-1)^k (2k-1)!! / (2x²)^k, fall below 1e-17 within ten.
    ///
    /// Source: NIST Digital Library of Mathematical Functions, 7.12.1.
    package static func erfcx(_ x: Double) -> Double {
        guard x >= 12 else {
            let square = x * x
            guard square < 709 else { return .infinity }
            let rounding = (-square).addingProduct(x, x)
            return exp(square) * (1 + rounding) * erfc(x)
        }
        let step = -0.5 / x / x
        var sum = 1.0
        for k in (1...10).reversed() { sum = 1 + sum * step * Double(2 * k - 1) }
        return sum / (x * Double.pi.squareRoot())
    }
}
