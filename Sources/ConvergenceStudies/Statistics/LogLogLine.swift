import Foundation
import NumericalMethods

/// The straight line log |error| = intercept + slope · log h by weighted least squares, with the covariance of the levels.
///
/// Intercept, slope and curvature are linear in the logarithms, so that their variances are quadratic forms of the
/// covariance: the infinitesimal jackknife over paths (L. A. Jaeckel, Bell Laboratories memorandum 1972; B. Efron, *The
/// Jackknife, the Bootstrap and Other Resampling Plans*, SIAM 1982, doi:10.1137/1.9781611970319).
struct LogLogLine {
    /// log h, and log |error|.
    let x: [Double]
    let y: [Double]
    /// Of y.
    let covariance: [[Double]]
    let slope: Double
    let intercept: Double
    private let weights: [Double]
    /// c with slope = Σ c_i y_i, and with intercept = Σ c_i y_i.
    let slopeCoefficients: [Double]
    private let interceptCoefficients: [Double]

    /// - Parameter covariance: Of y; its diagonal gives the weights.
    init(x: [Double], y: [Double], covariance: [[Double]]) {
        let variances = covariance.indices.map { covariance[$0][$0] }
        let largest = variances.max() ?? 0
        // A level without any scatter beside others with some counts as much as the best of them could.
        let weights = variances.map { 1 / max($0, largest == 0 ? 1 : 1e-6 * largest) }
        let total = weights.reduce(0, +)
        let center = zip(weights, x).reduce(0) { $0 + $1.0 * $1.1 } / total
        let spread = zip(weights, x).reduce(0) { $0 + $1.0 * ($1.1 - center) * ($1.1 - center) }
        let slopeCoefficients = zip(weights, x).map { $0 * ($1 - center) / spread }
        let interceptCoefficients = zip(weights, slopeCoefficients).map { $0 / total - $1 * center }
        slope = zip(slopeCoefficients, y).reduce(0) { $0 + $1.0 * $1.1 }
        intercept = zip(interceptCoefficients, y).reduce(0) { $0 + $1.0 * $1.1 }
        (self.x, self.y, self.covariance, self.weights) = (x, y, covariance, weights)
        self.slopeCoefficients = slopeCoefficients
        self.interceptCoefficients = interceptCoefficients
    }

    /// Whether no level scatters at all.
    var isDeterministic: Bool { covariance.indices.allSatisfy { covariance[$0][$0] == 0 } }

    var slopeError: Double { standardError(slopeCoefficients) }
    var interceptError: Double { standardError(interceptCoefficients) }

    /// The standard error of the slope of values whose only scatter is about the line, with x.count - 2 degrees of freedom;
    /// nil for a line through two points.
    var slopeErrorFromScatter: Double? {
        guard x.count > 2 else { return nil }
        let center = x.reduce(0, +) / Double(x.count)
        let spread = x.reduce(0) { $0 + ($1 - center) * ($1 - center) }
        let residual = zip(x, y).reduce(0) { $0 + pow($1.1 - intercept - slope * $1.0, 2) }
        return (residual / Double(x.count - 2) / spread).squareRoot()
    }

    /// The probability of a curvature at least this large about a line that is straight; 1 for fewer than three levels.
    ///
    /// - Parameter freedom: Degrees of freedom of the covariance.
    func probabilityOfDrift(freedom: Double) -> Double {
        guard x.count > 2, !isDeterministic else { return 1 }
        // What a line leaves of log² h: a contrast that no straight line shows in.
        let squares = LogLogLine(x: x, y: x.map { $0 * $0 }, covariance: covariance)
        let bends = zip(x, squares.y).map { $1 - squares.intercept - squares.slope * $0 }
        let norm = zip(weights, bends).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
        let coefficients = zip(weights, bends).map { $0 * $1 / norm }
        let curvature = zip(coefficients, y).reduce(0) { $0 + $1.0 * $1.1 }
        let sag = abs(curvature) * bends.map(abs).max()!
        guard sag > Self.roundingOfLogarithms else { return 1 }
        let error = standardError(coefficients)
        return error > 0 ? 2 * StudentDistribution.above(abs(curvature) / error, freedom: freedom) : 0
    }

    /// Far above what rounding makes of the logarithms, far below what a drift would matter at.
    private static let roundingOfLogarithms = 1e-9

    private func standardError(_ coefficients: [Double]) -> Double {
        var variance = 0.0
        for i in x.indices {
            for j in x.indices { variance += coefficients[i] * coefficients[j] * covariance[i][j] }
        }
        return max(0, variance).squareRoot()
    }
}
