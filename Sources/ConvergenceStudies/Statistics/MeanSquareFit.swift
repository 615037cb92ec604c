import Foundation

/// p of the fit C h (log(τ_m/h))^p to a mean square error: how far it is from proportional to h.
package enum MeanSquareFit {
    /// - Parameters:
    ///   - estimates: Root mean squares.
    ///   - timeConstant: τ_m in ms; levels with h not below it are left out.
    package static func logarithmicPower(
        _ estimates: LevelEstimates, steps: [Double], timeConstant: Double
    ) -> WeightedSlope? {
        let used = steps.indices.filter { estimates.levels[$0].isFittable && steps[$0] < timeConstant }
        let values = used.map { estimates.levels[$0].estimated!.value }
        let covariance = used.enumerated().map { i, l in
            used.enumerated().map { j, m in 4 * estimates.covariance[l][m] / (values[i] * values[j]) }
        }
        return WeightedSlope(
            x: used.map { log(log(timeConstant / steps[$0])) },
            y: zip(used, values).map { log($1 * $1 / steps[$0]) }, covariance: covariance)
    }
}
