/// The slope of a straight line through points whose ordinates vary together.
///
/// Weights are the points' own variances; the slope's variance carries all covariances.
package struct WeightedSlope {
    package let value: Double
    package let standardError: Double

    /// Nil for fewer than three points, or points without scatter.
    init?(x: [Double], y: [Double], covariance: [[Double]]) {
        guard x.count > 2, covariance.indices.allSatisfy({ covariance[$0][$0] > 0 }) else { return nil }
        let weights = covariance.indices.map { 1 / covariance[$0][$0] }
        let total = weights.reduce(0, +)
        let center = zip(weights, x).reduce(0) { $0 + $1.0 * $1.1 } / total
        let spread = zip(weights, x).reduce(0) { $0 + $1.0 * ($1.1 - center) * ($1.1 - center) }
        let shares = zip(weights, x).map { $0 * ($1 - center) / spread }
        value = zip(shares, y).reduce(0) { $0 + $1.0 * $1.1 }
        var variance = 0.0
        for i in shares.indices {
            for j in shares.indices { variance += shares[i] * shares[j] * covariance[i][j] }
        }
        standardError = max(0, variance).squareRoot()
    }
}
