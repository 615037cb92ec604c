import CGSL
import Foundation

/// The observed order of convergence: the slope of log |error| against log h.
///
/// Weighted least squares over the resolved levels; the uncertainty of the slope carries the covariance between levels,
/// which share their paths.  The weights are the levels' own variances: the full inverse covariance would be a little
/// sharper but lets strongly correlated levels extrapolate.  The order is signed: an error that grows as h falls has a
/// negative order.
package struct OrderFit: Sendable {
    package let order: Double
    package let low: Double
    package let high: Double
    /// log |error| at h = 1 ms.
    package let intercept: Double
    package let levels: Int
    package let note: String

    /// Why there is no order.
    package enum Failure: Error {
        case tooFewLevels
        case changingSign

        var note: String {
            switch self {
            case .tooFewLevels: "fewer than two resolved levels"
            case .changingSign: "the bias changes sign between steps"
            }
        }
    }

    /// - Throws: `Failure`.
    package init(steps: [Double], estimates: LevelEstimates, confidence: Double) throws(Failure) {
        let used = steps.indices.filter { estimates.levels[$0].isResolved }
        guard used.count >= 2 else { throw .tooFewLevels }
        let values = used.map { estimates.levels[$0].estimated!.value }
        guard values.allSatisfy({ $0 > 0 }) || values.allSatisfy({ $0 < 0 }) else { throw .changingSign }

        let x = used.map { log(steps[$0]) }
        let y = values.map { log(abs($0)) }
        let covariance = used.enumerated().map { i, l in
            used.enumerated().map { j, m in estimates.covariance[l][m] / (values[i] * values[j]) }
        }
        let isDeterministic = covariance.indices.allSatisfy { covariance[$0][$0] == 0 }
        let largest = covariance.indices.map { covariance[$0][$0] }.max()!
        // A level without any scatter beside others with some counts as much as the best of them could.
        let weights = covariance.indices.map {
            1 / max(covariance[$0][$0], isDeterministic ? 1 : 1e-6 * largest)
        }

        let slopes = Self.slopeCoefficients(x, weights: weights)
        order = zip(slopes, y).reduce(0) { $0 + $1.0 * $1.1 }
        let total = weights.reduce(0, +)
        let center = zip(weights, x).reduce(0) { $0 + $1.0 * $1.1 } / total
        let height = zip(weights, y).reduce(0) { $0 + $1.0 * $1.1 } / total
        intercept = height - order * center
        levels = used.count

        let width: Double
        if isDeterministic {
            width = Self.scatterWidth(x, y, order: order, intercept: intercept, confidence: confidence)
            note = "no noise: the interval is from the scatter about the line"
        } else {
            var variance = 0.0
            for i in slopes.indices {
                for j in slopes.indices { variance += slopes[i] * slopes[j] * covariance[i][j] }
            }
            width =
                Quantiles.standardErrors(confidence: confidence, samples: estimates.paths)
                * variance.squareRoot()
            note = ""
        }
        (low, high) = (order - width, order + width)
    }

    /// c with slope = Σ c_i y_i.
    private static func slopeCoefficients(_ x: [Double], weights: [Double]) -> [Double] {
        let total = weights.reduce(0, +)
        let center = zip(weights, x).reduce(0) { $0 + $1.0 * $1.1 } / total
        let spread = zip(weights, x).reduce(0) { $0 + $1.0 * ($1.1 - center) * ($1.1 - center) }
        return zip(weights, x).map { $0 * ($1 - center) / spread }
    }

    /// Half-width of the classical interval of a slope, for values whose only scatter is about the line.
    private static func scatterWidth(
        _ x: [Double], _ y: [Double], order: Double, intercept: Double, confidence: Double
    ) -> Double {
        guard x.count > 2 else { return .infinity }
        let center = x.reduce(0, +) / Double(x.count)
        let spread = x.reduce(0) { $0 + ($1 - center) * ($1 - center) }
        let residual = zip(x, y).reduce(0) { $0 + pow($1.1 - intercept - order * $1.0, 2) }
        let freedom = Double(x.count - 2)
        return gsl_cdf_tdist_Pinv((1 + confidence) / 2, freedom) * (residual / freedom / spread).squareRoot()
    }
}
