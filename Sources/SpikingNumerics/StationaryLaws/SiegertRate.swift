import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The stationary rate of a leaky integrate-and-fire neuron with white noise in V, from its first-passage
/// time.
///
///     dV = ( -(V - E_L)/τ_m + μ ) dt + σ dW,    V reaches V_th  →  spike;  V := V_r for τ_ref, then on
///
///     1/Φ = τ_ref + √π τ_m ∫_a^b erfcx(-z) dz,    a, b = (v - E_L - μ τ_m) / (σ √τ_m)
///
/// with v = V_r for a and V_th for b.  Time in ms, V in any one unit; σ in V-units/√s is √1000 times as large
/// a number as in V-units/√ms.
///
/// Accurate to some 1e-12 relative for rates from the deterministic limit, 1/(τ_ref + τ_m log(…)), down to
/// the smallest a `Double` can hold; below, `logarithm` goes on.  No difference of nearly equal numbers is
/// formed but V_th - E_L - μ τ_m itself, which is rounded once if E_L is 0: 0.05 · 20, say, exceeds 1 by
/// 5.6e-17, and without noise such a neuron fires.
///
/// Source: A. J. F. Siegert, Phys. Rev. 81 (1951), doi:10.1103/PhysRev.81.617; L. M. Ricciardi, L. Sacerdote,
/// Biol. Cybern. 35 (1979), doi:10.1007/BF01845839; N. Brunel, J. Comput. Neurosci. 8 (2000),
/// doi:10.1023/A:1008925309027.
public struct SiegertRate: Sendable {
    /// Φ in 1/ms; 0 where it is too small for a `Double`, or there is neither noise nor enough drive.
    public let rate: Double
    /// The natural logarithm of Φ in 1/ms, also where `rate` is 0; minus infinity if no spike ever comes.
    public let logarithm: Double

    /// - Parameters:
    ///   - membraneTimeConstant: τ_m in ms, positive.
    ///   - restingPotential: E_L in V-units.
    ///   - threshold: V_th in V-units, above `reset`.
    ///   - reset: V_r in V-units.
    ///   - drive: μ in V-units/ms.
    ///   - noiseStrength: σ in V-units/ms^{1/2}, not negative; 0 gives the deterministic rate.
    ///   - refractoryPeriod: τ_ref in ms, not negative.
    /// - Throws: `GSLError` where an integral does not converge.
    public init(
        membraneTimeConstant: Double, restingPotential: Double = 0, threshold: Double = 1, reset: Double = 0,
        drive: Double, noiseStrength: Double, refractoryPeriod: Double = 0
    ) throws {
        precondition(membraneTimeConstant > 0 && threshold > reset)
        precondition(noiseStrength >= 0 && refractoryPeriod >= 0)
        let distance = (threshold - restingPotential).addingProduct(-drive, membraneTimeConstant)
        let height = threshold - reset
        let scale = noiseStrength * membraneTimeConstant.squareRoot()
        let (upper, width) = (distance / scale, height / scale)
        let integral =
            if abs(upper) < Self.largest && width < Self.largest {
                try PassageIntegral(upper: upper, width: width)
            } else if distance < 0 {
                PassageIntegral(exponent: 0, factor: log1p(height / -distance) / Double.pi.squareRoot())
            } else {
                PassageIntegral(exponent: .infinity, factor: 1)
            }
        let factor = Double.pi.squareRoot() * membraneTimeConstant * integral.factor
        let interval = refractoryPeriod + factor * exp(integral.exponent)
        logarithm = interval.isFinite ? -log(interval) : -(log(factor) + integral.exponent)
        rate = interval.isFinite ? 1 / interval : exp(logarithm)
    }

    /// In units of the noise; at larger distances, where squares and products would overflow, there is as
    /// good as no noise.
    private static let largest = 1e300
}

/// ∫_{b-w}^b erfcx(-z) dz, as e^{exponent} times a factor.
private struct PassageIntegral {
    var exponent: Double
    var factor: Double

    init(exponent: Double, factor: Double) {
        self.exponent = exponent
        self.factor = factor
    }

    /// - Parameters:
    ///   - upper: b.
    ///   - width: w, positive.
    init(upper b: Double, width: Double) throws {
        if b > 8 {
            try self.init(exponent: b * b, factor: Self.farBelowThreshold(b, width))
        } else {
            try self.init(exponent: 0, factor: Self.nearThreshold(b, width) + Self.aboveThreshold(b, width))
        }
    }

    /// The integral over e^{b²}, for b > 8: with z² = b² - v it is ∫ e^{-v} erfc(-z) / 2z dv.
    ///
    /// Cut off at v = 50, which loses less than 1e-20 of it.
    private static func farBelowThreshold(_ b: Double, _ width: Double) throws -> Double {
        let end = width < b ? min(width * (2 * b - width), 50) : 50
        let integral = try Quadrature.integrate(from: 0, to: end) { v in
            let shrink = (1 - v / b / b).squareRoot()
            return exp(-v) * erfc(-b * shrink) / shrink
        }
        return integral / 2 / b
    }

    /// The part with -1 < z < b, where nothing is large or steep.
    private static func nearThreshold(_ b: Double, _ width: Double) throws -> Double {
        try Quadrature.integrate(from: 0, to: min(width, b + 1)) { ScaledErrorFunction.erfcx($0 - b) }
    }

    /// The part with z < -1, on a logarithmic scale: there erfcx(-z) falls like 1/|z|, maybe over many
    /// decades.
    private static func aboveThreshold(_ b: Double, _ width: Double) throws -> Double {
        let start = max(-b, 1)
        let span = width - (start + b)
        guard span > 0 else { return 0 }
        return try Quadrature.integrate(from: 0, to: log1p(span / start)) { u in
            let x = start * exp(u)
            return x * ScaledErrorFunction.erfcx(x)
        }
    }
}
