/// The slope of a straight line through points whose ordinates vary together.
///
/// Weights are the points' own variances; the slope's variance carries all covariances.
package struct WeightedSlope {
    package let value: Double
    package let standardError: Double

    /// Nil for fewer than three points, or points without scatter.
    init?(x: [Double], y: [Double], covariance: [[Double]]) {
        guard x.count > 2, covariance.indices.allSatisfy({ covariance[$0][$0] > 0 }) else { return nil }
        let line = LogLogLine(x: x, y: y, covariance: covariance)
        (value, standardError) = (line.slope, line.slopeError)
    }
}
