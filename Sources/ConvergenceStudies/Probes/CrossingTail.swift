import Foundation
import SpikingNumerics

/// How rare slow crossings are, from counts and sums over those below some speeds α, each half the one before.
package struct CrossingTail {
    /// α in V-units/ms, the greatest first: halves of a₀ = (V_th - V_r)/τ_m.
    let speeds: [Double]
    private let moments: Moments

    private static let halvings = 7
    /// Which α the exponent is given for, a₀/8: much slower crossings are too few, much faster ones another law's.
    private static let shown = 3

    package static func speeds(_ model: NeuronModel) -> [Double] {
        let natural = model.resetHeight / model.membraneTimeConstant
        return (0..<halvings).map { natural / Double(1 << $0) }
    }

    /// Three sums for each α, then the number of all crossings.
    package static var dimension: Int { 3 * halvings + 1 }

    package init(_ moments: Moments, model: NeuronModel) {
        self.moments = moments
        speeds = Self.speeds(model)
    }

    /// What a path adds: for each α the number of crossings below, Σ log(α/A) over these, and Σ A⁻² over all others.
    package static func sums(_ crossings: [Double], speeds: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: dimension)
        for speed in crossings where speed.isFinite && speed > 0 {
            for (k, limit) in speeds.enumerated() {
                if speed < limit {
                    sums[3 * k] += 1
                    sums[3 * k + 1] += log(limit / speed)
                } else {
                    sums[3 * k + 2] += 1 / (speed * speed)
                }
            }
            sums[dimension - 1] += 1
        }
        return sums
    }

    /// γ with P(A < a) ∝ a^γ below α, by maximum likelihood: the reciprocal of the mean of log(α/A) (B. M. Hill, Ann.
    /// Statist. 3 (1975), doi:10.1214/aos/1176343247).
    func exponent(_ k: Int) -> (value: Double, variance: Double)? {
        moments.ratio(3 * k, per: 3 * k + 1)
    }

    package var exponent: (value: Double, variance: Double)? { exponent(Self.shown) }

    /// E[A⁻² 1{A ≥ α}].
    package func inverseMoment(_ k: Int) -> (value: Double, variance: Double)? {
        moments.ratio(3 * k + 2, per: Self.dimension - 1)
    }

    /// q with E[A⁻² 1{α/2 ≤ A < α}] ∝ α^q: 0 if the truncated moment grows like log(1/α), positive if it converges.
    package var growth: (value: Double, variance: Double)? {
        let range = 1..<Self.halvings - 1
        let steps = range.filter { gain($0) > 0 }
        let covariance = steps.map { i in
            steps.map { j in gainCovariance(i, j) / (gain(i) * gain(j)) }
        }
        let slope = WeightedSlope(
            x: steps.map { log(speeds[$0]) }, y: steps.map { log(gain($0)) }, covariance: covariance)
        return slope.map { ($0.value, $0.standardError * $0.standardError) }
    }

    /// The part of Σ A⁻² between α_{k+1} and α_k, per path.
    private func gain(_ k: Int) -> Double { moments.mean(3 * k + 5) - moments.mean(3 * k + 2) }

    private func gainCovariance(_ i: Int, _ j: Int) -> Double {
        let (a, b) = (3 * i + 2, 3 * j + 2)
        return moments.covarianceOfMeans(a + 3, b + 3) - moments.covarianceOfMeans(a + 3, b)
            - moments.covarianceOfMeans(a, b + 3) + moments.covarianceOfMeans(a, b)
    }
}
