import NumericalMethods
import SpikingNumerics

/// The sums of one level, and what they say of its value.
///
/// An error is smooth and small on most paths, and on few of the size of a reset, where a spike is too many, too few or
/// elsewhere.  The paths that have such an event bring their scatter with them; for what none of them has shown, the
/// size of an event and the number of paths give a bound.
struct LevelSample {
    /// The note of a level of which events that no path shows may be most.
    static let unseenNote = "errors of the size of an event may all be missing"

    private let estimate: Estimate
    private let count: Int
    private let effectiveSample: Double
    private let value: Double?
    private let standardError: Double
    /// Of the values and of their squares, on average over the paths.
    private let mean: Double
    private let meanSquare: Double
    /// What values are counted per, on average over the paths.
    private let weight: Double
    /// Of the value's paths, the largest.
    private let largest: Double
    /// Of a path's value, at the most.
    private let eventSize: Double
    /// What a path of those that carry the error adds to the value.
    private let grain: Double

    init(
        _ moments: Moments, estimate: Estimate, level: Int, eventSize: Double, standardError: Double
    ) {
        let point = LevelPoint(moments, estimate: estimate, level: level)
        self.init(
            estimate: estimate, count: moments.count, effectiveSample: moments.effectiveSample(level),
            value: point.value, standardError: standardError, mean: moments.mean(point.first),
            meanSquare: moments.meanProduct(point.first, point.first),
            weight: estimate.isRatio ? moments.mean(point.first + 1) : 1, largest: moments.largest[level],
            meanSquaredError: moments.squares[level] / Double(moments.count), eventSize: eventSize)
    }

    /// - Parameters:
    ///   - value: What the means amount to; nil where there is nothing to divide by.
    ///   - mean: Of what is averaged.
    ///   - meanSquare: Of the same.
    ///   - weight: The mean of what it is counted per, 1 for what is no ratio.
    ///   - meanSquaredError: The mean of e².
    init(
        estimate: Estimate, count: Int, effectiveSample: Double, value: Double?, standardError: Double,
        mean: Double, meanSquare: Double, weight: Double, largest: Double, meanSquaredError: Double,
        eventSize: Double
    ) {
        (self.estimate, self.count, self.effectiveSample) = (estimate, count, effectiveSample)
        (self.value, self.standardError) = (value, standardError)
        (self.mean, self.meanSquare, self.weight, self.largest) = (mean, meanSquare, weight, largest)
        self.eventSize = eventSize
        grain = Self.grain(
            value, estimate, effectiveSample: effectiveSample, meanSquaredError: meanSquaredError,
            weight: weight, count: count)
    }

    /// Paths that carry an error carry √(Σe⁴/Σe²) each.
    private static func grain(
        _ value: Double?, _ estimate: Estimate, effectiveSample: Double, meanSquaredError: Double,
        weight: Double, count: Int
    ) -> Double {
        guard let value, value != 0, effectiveSample > 0, weight > 0 else { return 0 }
        if estimate.isRoot { return 0.5 * value / effectiveSample }
        return (meanSquaredError / (effectiveSample * Double(count))).squareRoot() / weight
    }

    /// How much larger than the estimate the truth may be for events that no path has shown, for each factor of e in
    /// probability; before any root is taken.
    ///
    /// Where the largest sample is as large as an event makes it, events have been seen, and the paths' scatter has them.
    private var unseen: Double {
        guard eventSize > 0, weight > 0 else { return 0 }
        return max(0, eventSize - (largest - abs(mean))) / (weight * Double(count))
    }

    /// - Parameter floor: Values below this are rounding.
    /// - Throws: `GSLError`.
    func level(confidence: Double, floor: Double) throws -> LevelEstimates.Level {
        guard let value else {
            return .init(estimated: nil, effectiveSample: effectiveSample, note: "nothing to average")
        }
        let evidence = evidence(of: value)
        let ends = try evidence.interval(confidence: confidence)
        var estimated = Estimated(value: value, standardError: standardError, low: ends.low, high: ends.high)
        if estimate.isRoot {
            (estimated.low, estimated.high) = (max(0, ends.low).squareRoot(), max(0, ends.high).squareRoot())
        }
        var level = LevelEstimates.Level(
            estimated: estimated, effectiveSample: effectiveSample,
            note: note(estimated, confidence: confidence, floor: floor))
        level.evidence = standardError.isFinite ? evidence : nil
        if value != 0 {
            level.relativeGrain = grain / abs(value)
            let averaged = estimate.isRoot ? 2 * value * value : abs(value)
            level.relativeUnseen = unseen / averaged
        }
        return level
    }

    private func evidence(of value: Double) -> Evidence {
        let freedom = LevelEstimates.freedom(effectiveSample: effectiveSample, paths: count)
        switch estimate {
        case .probability:
            return .binomial(hits: Int(value * Double(count) + 0.5), trials: count)
        case .rootMean, .rootRatio:
            // The mean square is nearer to normal than its root.
            return .student(
                value: value * value, standardError: 2 * value * standardError, freedom: freedom,
                grain: Grain(above: 2 * value * grain), unseen: Unseen(above: unseen))
        case .mean, .ratio:
            // A bias that may have either sign may be larger on either side.
            let isOpen = abs(value) < Self.leastStandardErrors * standardError
            return .student(
                value: value, standardError: standardError, freedom: freedom,
                grain: Grain(
                    above: value > 0 || isOpen ? grain : 0, below: value < 0 || isOpen ? grain : 0),
                unseen: Unseen(above: unseen, below: unseen))
        }
    }

    /// A bias this far from 0 has the sign that it seems to have.
    private static let leastStandardErrors = 2.0

    private func note(_ estimated: Estimated, confidence: Double, floor: Double) -> String {
        // A mean that small may also be large errors that cancel.
        if effectiveSample > 0, abs(estimated.value) <= floor, estimated.standardError <= floor {
            return Row.roundingNote
        }
        if effectiveSample == 0 { return "no path shows an error" }
        if effectiveSample < LevelEstimates.leastEffectiveSample {
            let carriers = Int(effectiveSample)
            return "carried by only \(carriers) \(carriers == 1 ? "path" : "paths")"
        }
        if estimate != .probability, isMostlyUnseen(estimated, confidence: confidence) {
            return Self.unseenNote
        }
        if estimated.low <= 0, estimated.high >= 0 { return Row.zeroNote }
        return ""
    }

    /// Whether what no path has shown may be more than all that paths have shown: of a size that cannot be negative more than
    /// the size, of a bias more than what chance makes of it, which does not look at the bias itself.
    private func isMostlyUnseen(_ estimated: Estimated, confidence: Double) -> Bool {
        let most = unseen * Quantiles.exponential(level: (1 - confidence) / 2)
        if estimate.isRoot { return most > estimated.value * estimated.value }
        return most > Quantiles.standardErrors(confidence: confidence, freedom: Double(count)) * standardError
    }

    /// The upper end of |value|, of probability 1 - level, where too few paths carry it for an interval: a bound on the number
    /// of events, times their size.
    ///
    /// - Throws: `GSLError`.
    func upperBound(level: Double) throws -> Double {
        guard let value else { return .infinity }
        let size = max(eventSize, largest)
        guard size > 0 || estimate == .probability else { return abs(value) }
        let trials = count
        func probability(_ events: Double) throws -> Double {
            try Quantiles.mostLikely(count: events, trials: trials, level: level)
        }
        switch estimate {
        case .probability:
            return try probability(mean * Double(count))
        case .rootMean, .rootRatio:
            return (size * (try probability(mean * Double(count) / size)) / weight).squareRoot()
        case .mean, .ratio:
            // Events of either sign are counted by their squares, and what they have added already is taken off.
            let events = meanSquare * Double(count) / (size * size)
            let more = try probability(events) - events / Double(count)
            return abs(value) + NormalDistribution.quantile(above: level) * standardError + size * more
                / weight
        }
    }
}
