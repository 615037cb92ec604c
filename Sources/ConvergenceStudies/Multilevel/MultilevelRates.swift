import Foundation

/// How means, variances and costs of level differences scale with the coarser step h: |E Y| ∝ h^α, Var Y ∝ h^β, and the cost
/// of a path ∝ h^-γ; and how the cost of a given accuracy scales with it.
///
/// The last level is not in these fits: its finer solution has no step.
struct MultilevelRates {
    /// A slope with its standard error and degrees of freedom.
    struct Slope {
        var value: Double
        var standardError: Double?
        var freedom: Double
    }

    let steps: [Double]
    /// One more than steps.
    let levels: [LevelSums]
    let confidence: Double

    /// Nil where fewer than two means can be told from 0, or they differ in sign.
    var alpha: Slope? {
        let told = pairs.filter {
            let level = levels[$0]
            let freedom = LevelEstimates.freedom(
                effectiveSample: level.effectiveSample, paths: level.count)
            let factor = Quantiles.standardErrors(confidence: confidence, freedom: freedom)
            return level.isResolved && abs(level.mean) > factor * error(level)
        }
        let means = told.map { levels[$0].mean }
        guard means.allSatisfy({ $0 > 0 }) || means.allSatisfy({ $0 < 0 }) else { return nil }
        return slope(told, means.map(abs)) { error($0) * error($0) / ($0.mean * $0.mean) }
    }

    /// Nil where fewer than two variances are resolved.
    var beta: Slope? {
        let resolved = pairs.filter { levels[$0].isResolved }
        return slope(resolved, resolved.map { levels[$0].variance }, \.relativeVarianceOfVariance)
    }

    /// Costs without a reference do not scatter, so its interval is from their scatter about the line.
    var gamma: Slope? {
        guard pairs.count > 1 else { return nil }
        let line = LogLogLine(
            x: pairs.map { log(steps[$0 - 1]) }, y: pairs.map { log(levels[$0].costPerPath) },
            covariance: pairs.map { _ in pairs.map { _ in 0 } })
        return Slope(
            value: -line.slope, standardError: line.slopeErrorFromScatter, freedom: Double(pairs.count - 2))
    }

    /// The slope of log(cost · ε²) against log ε over estimates of different standard errors ε; 0 where ten times the accuracy costs
    /// a hundred times as much.  Nil for a single accuracy.
    static func costSlope(_ estimates: [[LevelSums]]) -> Slope? {
        guard estimates.count > 1 else { return nil }
        let errors = estimates.map(\.standardError)
        guard errors.allSatisfy({ $0 > 0 }), Set(errors).count > 1 else { return nil }
        let costs = zip(estimates, errors).map { $0.work * $1 * $1 }
        return Slope(
            x: errors.map { log($0) }, y: costs.map { log($0) },
            variances: estimates.map(relativeVarianceOfCost),
            freedom: estimates.map { $0.map(\.effectiveSample).min()! }.min()!)
    }

    /// The cost is proportional to the square of Σ √(V C), whose terms are as uncertain as the variances.
    private static func relativeVarianceOfCost(_ levels: [LevelSums]) -> Double {
        let shares = levels.map { ($0.variance * $0.costPerPath).squareRoot() }
        let total = shares.reduce(0, +)
        return zip(shares, levels).reduce(0) { sum, level in
            level.0 > 0
                ? sum + level.0 * level.0 / (total * total) * level.1.relativeVarianceOfVariance : sum
        }
    }

    /// Levels with a grid on either side.
    private var pairs: Range<Int> { 1..<max(1, steps.count) }

    private func error(_ level: LevelSums) -> Double { (level.variance / Double(level.count)).squareRoot() }

    private func slope(
        _ used: [Int], _ values: [Double], _ relativeVariance: (LevelSums) -> Double
    ) -> Slope? {
        guard used.count > 1 else { return nil }
        return Slope(
            x: used.map { log(steps[$0 - 1]) }, y: values.map { log($0) },
            variances: used.map { relativeVariance(levels[$0]) },
            freedom: used.map { levels[$0].effectiveSample }.min()!)
    }
}

extension MultilevelRates.Slope {
    /// The slope through independent points.
    fileprivate init(x: [Double], y: [Double], variances: [Double], freedom: Double) {
        let covariance = variances.indices.map { i in variances.indices.map { i == $0 ? variances[i] : 0 } }
        let line = LogLogLine(x: x, y: y, covariance: covariance)
        self.init(value: line.slope, standardError: line.slopeError, freedom: freedom)
    }
}
