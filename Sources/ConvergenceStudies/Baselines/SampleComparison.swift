import Foundation
import SpikingNumerics

/// One row of a result beside the same row of a baseline.
public struct SampleComparison: Sendable {
    /// What the two samples have to do with each other.
    public enum Relation: String, Sendable {
        /// Every number is the same: the same seed and the same arithmetic.
        case identical
        /// Other seeds, so other paths.
        case independent
        /// The same seed but other numbers: shared paths whose correlation is not known.
        case sharedPaths = "shared-paths"
    }

    public enum Outcome: String, Sendable {
        /// No difference that chance would not make.
        case same
        /// The error has grown: proven, at the false-alarm probability of the comparison.
        case worse
        /// The error has shrunk: proven.
        case improved
        /// The bias has another sign but is not proven larger or smaller.
        case changed
        /// There is no value any more.
        case lost
    }

    /// The name of the series, `study/case/integrator/measure[/observable]`.
    public let name: String
    public let integrator: String
    public let `case`: String
    public let measure: String
    public let observable: String
    /// ms.
    public let h: Double
    public let relation: Relation
    public let outcome: Outcome
    package let old: Estimated?
    package let new: Estimated?
    /// The relative change of the error that would have been noticed with 95 % probability; 0 for identical samples, nil
    /// where no change would have been, or where there is nothing to be relative to.
    public let detectable: Double?
    /// Whether the study file was the same, byte for byte.
    public let isSameStudy: Bool

    /// Whether a doubling of the error would have been noticed.
    public var canSeeDoubling: Bool { detectable.map { $0 <= 1 } ?? false }

    /// Nil where a sample has no such step.
    ///
    /// - Parameters:
    ///   - budget: What this comparison may spend.
    ///   - confidence: Of the intervals that are shown; the outcome does not depend on it.
    /// - Throws: `GSLError`.
    init?(
        old: SeriesSample, new: SeriesSample, step: Double, budget: FalseAlarmBudget, confidence: Double
    ) throws {
        guard let before = SampledLevel(old, step: step), let after = SampledLevel(new, step: step) else {
            return nil
        }
        name = new.name
        (integrator, `case`, measure, observable) = (new.integrator, new.case, new.measure, new.observable)
        h = step
        isSameStudy = old.studyHash == new.studyHash
        relation = Self.relation(old, new)
        self.old = try before.estimated(confidence: confidence)
        self.new = try after.estimated(confidence: confidence)
        let test = DifferenceTest(before, after, sharedPaths: relation == .sharedPaths, budget: budget)
        outcome = relation == .identical ? .same : test.outcome
        detectable = relation == .identical ? 0 : test.detectable
    }

    private static func relation(_ old: SeriesSample, _ new: SeriesSample) -> Relation {
        if new.hasTheNumbers(of: old) { return .identical }
        return old.seed == new.seed ? .sharedPaths : .independent
    }
}

/// Whether two samples have the same mean, or ratio of means.
///
/// Independent samples: under the hypothesis that nothing changed, path i of one and path i of the other are
/// exchangeable, their differences symmetric, and `FalseAlarmBudget.symmetricQuantile` holds whatever the tails.  It is
/// applied to Welch's variance; where the numbers of paths differ, to the larger of Welch's and the pooled one, since
/// either alone is too small when all that is rare is missing from the smaller sample.
///
/// Shared paths: errors on the same path are correlated, but how is not stored.  By Cauchy and Schwarz the standard error
/// of the difference is at most the sum of the two standard errors, which is what is used.
struct DifferenceTest {
    /// Of the change in `averaged`, and its standard error.
    private let before, after: Double?
    private let standardError: Double
    private let quantile: Double
    private let fewestPaths: Double
    private let floor: Double
    private let isRoot: Bool
    private let wasCarried: Bool

    /// Normal quantile of 95 %: with this probability a change of the detectable size is noticed.
    private static let powerQuantile = 1.6449

    init(_ old: SampledLevel, _ new: SampledLevel, sharedPaths: Bool, budget: FalseAlarmBudget) {
        (before, after) = (old.averaged, new.averaged)
        let (m, n) = (old.paths, new.paths)
        // Both are linearised about one ratio, that of all paths together, as under the hypothesis they should be.
        let weight = m * old.denominator + n * new.denominator
        let ratio = weight > 0 ? (m * old.numerator + n * new.numerator) / weight : 0
        let (a, b) = (
            old.denominator > 0 ? old.squares(about: ratio) : 0,
            new.denominator > 0 ? new.squares(about: ratio) : 0
        )
        let welch = (a / (m * max(1, m - 1)), b / (n * max(1, n - 1)))
        let pooled = (a + b) / max(1, m + n - 2) * (1 / m + 1 / n)
        let apart =
            sharedPaths
            ? pow(welch.0.squareRoot() + welch.1.squareRoot(), 2) : welch.0 + welch.1
        standardError = max(apart, m == n ? 0 : pooled).squareRoot()
        quantile = budget.symmetricQuantile
        fewestPaths = min(m, n)
        floor = new.sample.roundingFloor[new.level]
        isRoot = old.kind.isRoot
        wasCarried = old.sample.effectiveSample[old.level] >= LevelEstimates.leastEffectiveSample
    }

    var outcome: SampleComparison.Outcome {
        guard let before else { return .same }
        guard let after else { return wasCarried ? .lost : .same }
        let growth = abs(after) - abs(before)
        if isSignificant(growth), isBeyondRounding(abs(before), abs(after)) {
            return growth > 0 ? .worse : .improved
        }
        return isSignificant(after - before) && isBeyondRounding(before, after) ? .changed : .same
    }

    /// The mean square of the differences is not about their mean, so that few paths prove nothing however they agree.
    private func isSignificant(_ difference: Double) -> Bool {
        let share = 1 - quantile * quantile / fewestPaths
        guard share > 0, difference != 0 else { return false }
        return difference * difference * share > quantile * quantile * standardError * standardError
    }

    private func isBeyondRounding(_ a: Double, _ b: Double) -> Bool {
        let values = [a, b].map { isRoot ? max(0, $0).squareRoot() : $0 }
        return abs(values[1] - values[0]) > floor
    }

    /// See `SampleComparison.detectable`.
    var detectable: Double? {
        guard let before, before != 0 else { return nil }
        let share = 1 - quantile * quantile / fewestPaths
        guard share > 0 else { return nil }
        let change = (quantile / share.squareRoot() + Self.powerQuantile) * standardError / abs(before)
        return isRoot ? (1 + change).squareRoot() - 1 : change
    }
}
