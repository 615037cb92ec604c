import SpikingNumerics

/// A value as a function of means: its own value and its derivatives.
struct LevelPoint {
    /// Index of its first component.
    let first: Int
    let value: Double?
    /// Derivative by the mean of the first component, and of the second for ratios.
    let gradient: [Double]

    init(_ moments: Moments, estimate: Estimate, level: Int) {
        first = estimate.isRatio ? 2 * level : level
        let mean = moments.mean(first)
        switch estimate {
        case .mean, .probability:
            (value, gradient) = (mean, [1])
        case .rootMean:
            let root = max(0, mean).squareRoot()
            (value, gradient) = (root, [root > 0 ? 0.5 / root : 0])
        case .ratio, .rootRatio:
            let weight = moments.mean(first + 1)
            guard weight > 0 else {
                (value, gradient) = (nil, [0, 0])
                return
            }
            let ratio = mean / weight
            let outer = estimate == .ratio ? 1 : (ratio > 0 ? 0.5 / ratio.squareRoot() : 0)
            value = estimate == .ratio ? ratio : max(0, ratio).squareRoot()
            gradient = [outer / weight, -outer * ratio / weight]
        }
    }

    static func covariance(_ a: LevelPoint, _ b: LevelPoint, _ moments: Moments) -> Double {
        var sum = 0.0
        for (i, x) in a.gradient.enumerated() where x != 0 {
            for (j, y) in b.gradient.enumerated() where y != 0 {
                sum += x * y * moments.covarianceOfMeans(a.first + i, b.first + j)
            }
        }
        return a.first == b.first ? max(0, sum) : sum
    }
}
