import Foundation
import NumericalMethods

/// By how much the variance of an estimate grows with the distance of the truth from it, above it and below it.
///
/// Of paths that carry an error, more are expected where the truth is larger.  If one of them adds g to the estimate, a truth
/// larger by d adds g · d to the variance, as in Bernstein's inequality.  Without it, tails beyond 10⁻⁴ of counts of
/// a hundred would be too light by factors.
package struct Grain: Hashable, Sendable {
    package static let none = Grain()

    package var above = 0.0
    package var below = 0.0

    package init(above: Double = 0, below: Double = 0) {
        self.above = above
        self.below = below
    }
}

/// By how much the truth may be larger than an estimate for what no path has shown, above it and below it.
///
/// Where errors are at most B larger than the largest of n paths, and occur with a probability p, no path shows one with
/// a probability below exp(-n p): each B/n that they add to the truth costs a factor of e.  This is that B/n.
package struct Unseen: Hashable, Sendable {
    package static let none = Unseen()

    package var above = 0.0
    package var below = 0.0

    package init(above: Double = 0, below: Double = 0) {
        self.above = above
        self.below = below
    }
}

/// What paths say of a number: how likely they would be if its true value were another.
package enum Evidence: Hashable, Sendable {
    /// An estimate with a standard error that is itself known to some degrees of freedom.
    ///
    /// Where few paths carry an estimate, its variance depends on the truth, which the grain accounts for; what none of them
    /// has shown adds to the truth what `unseen` says.
    case student(
        value: Double, standardError: Double, freedom: Double, grain: Grain = .none, unseen: Unseen = .none)
    /// So many of independent trials had it.
    case binomial(hits: Int, trials: Int)

    /// The evidence against the true value lying in a region: the greatest probability, over all values in it, of an
    /// estimate at least as far outside; 1 for an estimate inside.
    ///
    /// At the nearer end of a narrow region an estimate can be as far off on the other side, too, which is counted.
    package func probability(ofStayingIn region: Region) -> Double {
        if estimate > region.high {
            return min(1, upperTail(ifTrue: region.high) + upperTail(ifTrue: region.low))
        }
        if estimate < region.low {
            return min(1, lowerTail(ifTrue: region.low) + lowerTail(ifTrue: region.high))
        }
        return 1
    }

    /// The evidence against the true value lying outside a region: the greatest probability, over all values outside, of
    /// an estimate at least as far inside.  It is below (1 - c)/2 where the interval of confidence c lies in the region.
    package func probability(ofLeaving region: Region) -> Double {
        guard estimate >= region.low, estimate <= region.high else { return 1 }
        return max(lowerTail(ifTrue: region.high), upperTail(ifTrue: region.low))
    }

    package var estimate: Double {
        switch self {
        case .student(let value, _, _, _, _): value
        case .binomial(let hits, let trials): Double(hits) / Double(trials)
        }
    }

    /// P(an estimate not below this one), were `truth` true; 0 for a truth that cannot be.
    private func upperTail(ifTrue truth: Double) -> Double {
        switch self {
        case .student(let value, let error, let freedom, let grain, let unseen):
            Tail(standardError: error, freedom: freedom, grain: grain.below, unseen: unseen.below)
                .probability(value - truth)
        case .binomial(let hits, let trials):
            if truth <= 0 {
                0
            } else if hits == 0 || truth >= 1 {
                1
            } else {
                BetaDistribution.below(truth, Double(hits), Double(trials - hits + 1))
            }
        }
    }

    /// P(an estimate not above this one), were `truth` true; 0 for a truth that cannot be.
    private func lowerTail(ifTrue truth: Double) -> Double {
        switch self {
        case .student(let value, let error, let freedom, let grain, let unseen):
            Tail(standardError: error, freedom: freedom, grain: grain.above, unseen: unseen.above)
                .probability(truth - value)
        case .binomial(let hits, let trials):
            if truth >= 1 {
                0
            } else if hits == trials || truth <= 0 {
                1
            } else {
                BetaDistribution.above(truth, Double(hits + 1), Double(trials - hits))
            }
        }
    }

    /// All truths that this evidence does not reject, at half of 1 - confidence on either side.
    ///
    /// - Throws: `GSLError`.
    package func interval(confidence: Double) throws -> (low: Double, high: Double) {
        let level = (1 - confidence) / 2
        switch self {
        case .binomial(let hits, let trials):
            return try Quantiles.clopperPearson(hits: hits, trials: trials, confidence: confidence)
        case .student(let value, let error, let freedom, let grain, let unseen):
            let below = Tail(standardError: error, freedom: freedom, grain: grain.below, unseen: unseen.below)
            let above = Tail(standardError: error, freedom: freedom, grain: grain.above, unseen: unseen.above)
            return (value - below.reach(level), value + above.reach(level))
        }
    }

    /// How far outside a region the truth has to lie to be proven to, at this level and with this power; nil for counts.
    package func detectable(level: Double, power: Double) -> Double? {
        guard case .student(_, let error, let freedom, let grains, let unseen) = self, error > 0 else {
            return nil
        }
        let quantile = StudentDistribution.quantile(above: level, freedom: freedom)
        let grain = max(grains.above, grains.below)
        // The estimate may be nearer to the region than the truth is, and then looks less certain, too.
        let unlucky = error * StudentDistribution.quantile(below: power, freedom: freedom)
        let variance = error * error + Self.varianceOfLuck * grain * unlucky
        // The excess that is just rejected solves excess² = quantile² (variance + grain · excess).
        let half = grain * quantile * quantile / 2
        return unlucky + half + (half * half + quantile * quantile * variance).squareRoot()
            + max(unseen.above, unseen.below) * log(1 / level)
    }

    /// By how many grains the squared standard error grows with the estimate, from sample to sample.
    ///
    /// The slope of a sample's variance on its mean is μ₃/σ² over the number of paths; of rare errors of size y it is
    /// E[y³] E[y] / E[y²]² grains: 1 where all have the same size, (k + 2)/(k + 1) < 2 where sizes have a gamma distribution
    /// of shape k.
    private static let varianceOfLuck = 2.0
}
