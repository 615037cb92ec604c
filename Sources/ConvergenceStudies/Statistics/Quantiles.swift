import Foundation
import NumericalMethods
import SpikingNumerics

/// Quantiles and intervals, from GSL's distribution functions.
package enum Quantiles {
    /// Half-width of a two-sided confidence interval, in standard errors of a mean over n samples (Student's t).
    package static func standardErrors(confidence: Double, samples: Int) -> Double {
        standardErrors(confidence: confidence, freedom: Double(samples - 1))
    }

    /// The same for a standard error known to some degrees of freedom; infinite where there are none.
    package static func standardErrors(confidence: Double, freedom: Double) -> Double {
        freedom > 0 ? StudentDistribution.quantile(below: (1 + confidence) / 2, freedom: freedom) : .infinity
    }

    /// Where an exponential distribution of mean 1 has this part of it above.
    package static func exponential(level: Double) -> Double { -log(level) }

    /// The largest probability of an event with which no more than `count` events in so many trials have at least this
    /// probability, `level`: Clopper and Pearson's upper end, for a count that need not be whole.
    ///
    /// Σx/B of errors between 0 and B is such a count: of all such errors with one mean, those that are either 0 or B
    /// leave the sum smallest with the largest probability.
    package static func mostLikely(count: Double, trials: Int, level: Double) throws -> Double {
        let n = Double(trials)
        guard count < n else { return 1 }
        return try RootFinding.brent(between: max(0, count) / n, and: 1) {
            BetaDistribution.above($0, count + 1, n - count) - level
        }
    }

    /// The Clopper-Pearson interval of a probability after `hits` of `trials`; its coverage is never below `confidence`.
    ///
    /// GSL's own inverse of the beta distribution gives up on large parameters; its distribution function does not, so
    /// the quantile is found by Brent's method.
    ///
    /// Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934), doi:10.1093/biomet/26.4.404.
    package static func clopperPearson(
        hits: Int, trials: Int, confidence: Double
    ) throws -> (low: Double, high: Double) {
        let tail = (1 - confidence) / 2
        let (k, n) = (Double(hits), Double(trials))
        let low =
            try hits == 0
            ? 0
            : RootFinding.brent(between: 0, and: k / n) { BetaDistribution.below($0, k, n - k + 1) - tail }
        let high =
            try hits == trials
            ? 1
            : RootFinding.brent(between: k / n, and: 1) { BetaDistribution.above($0, k + 1, n - k) - tail }
        return (low, high)
    }
}
