#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What chains of exponential filters make of a unit pulse: divided differences of r ↦ e^{-ru}, times (-1)^k, for k + 1 rates r in 1/ms.
///
///     first:   ∫_0^u e^{-p(u-s)} e^{-qs} ds,      second:   ∫_0^u e^{-p(u-s)} first(q, r; s) ds
///
/// They do not depend on the order of the rates, and rates may be equal or nearly so: to 1e-14 relative.
///
/// Source: A. C. McCurdy, K. C. Ng, B. N. Parlett, Math. Comp. 43 (1984), doi:10.1090/S0025-5718-1984-0758198-0.
public enum ExponentialDifferences {
    public static func first(_ p: Double, _ q: Double, _ u: Double) -> Double {
        let (low, high) = (min(p, q), max(p, q))
        let z = (high - low) * u
        // With the slower rate drawn out nothing overflows, and with expm1 nothing cancels.
        return z == 0 ? u * exp(-low * u) : u * exp(-low * u) * (-expm1(-z) / z)
    }

    public static func second(_ p: Double, _ q: Double, _ r: Double, _ u: Double) -> Double {
        let rates = [p, q, r].sorted()
        let spread = (rates[2] - rates[0]) * u
        guard spread < 2 else {
            // By definition; the two differ by a factor of more than two, so that no more than a bit cancels.
            return (first(rates[0], rates[1], u) - first(rates[1], rates[2], u)) / (rates[2] - rates[0])
        }
        return u * u * exp(-rates[0] * u)
            * series((rates[1] - rates[0]) * u, (rates[2] - rates[0]) * u)
    }

    /// Σ h_k(x, y) (-1)^k/(k+2)! with h_k = Σ x^i y^{k-i}, for 0 ≤ x ≤ y < 2.
    private static func series(_ x: Double, _ y: Double) -> Double {
        var (sum, power, complete, factor) = (0.0, 1.0, 1.0, 0.5)
        for k in 0..<40 {
            let term = complete * factor
            sum += term
            if abs(term) < 0x1p-60 { break }
            power *= x
            complete = complete * y + power
            factor /= -Double(k + 3)
        }
        return sum
    }
}
