import SpikingNumerics

/// A value with its uncertainty.
package struct Estimated: Sendable {
    package var value: Double
    package var standardError: Double
    package var low: Double
    package var high: Double
}

/// The values of one series, level by level, and how they vary together.
package struct LevelEstimates: Sendable {
    /// An effective sample below this leaves a value to chance: rare paths that carry the error may all be missing.
    static let leastEffectiveSample = 30.0

    package struct Level: Sendable {
        /// Nil where there is nothing to compute.
        package var estimated: Estimated?
        package var effectiveSample: Double
        /// Why the level cannot be fitted; empty where it can.
        package var note: String

        package var isResolved: Bool { note.isEmpty }

        var isTooRare: Bool { effectiveSample > 0 && effectiveSample < leastEffectiveSample }
    }

    package let levels: [Level]
    /// Covariance of the values of two levels.
    package let covariance: [[Double]]
    package let paths: Int

    /// - Parameters:
    ///   - steps: h of each level, ms.
    ///   - roundingFloor: Values below this are rounding, level by level.
    ///   - absent: Why there is nothing at a level; nil where there is.
    /// - Throws: `GSLError`.
    package init(
        _ moments: BlockSums.Moments, estimate: Estimate, confidence: Double, steps: [Double],
        roundingFloor: [Double], absent: [String?] = []
    ) throws {
        let count = steps.count
        let points = (0..<count).map { Point(moments, estimate: estimate, level: $0) }
        paths = moments.count
        covariance = (0..<count).map { l in
            (0..<count).map { m in Point.covariance(points[l], points[m], moments) }
        }
        let factor = Quantiles.standardErrors(confidence: confidence, samples: moments.count)
        var levels: [Level] = []
        for l in 0..<count {
            if absent.indices.contains(l), let note = absent[l] {
                levels.append(Level(estimated: nil, effectiveSample: 0, note: note))
                continue
            }
            let effective = moments.effectiveSample(l)
            guard let value = points[l].value else {
                levels.append(Level(estimated: nil, effectiveSample: effective, note: "nothing to average"))
                continue
            }
            let error = covariance[l][l].squareRoot()
            var estimated = Estimated(value: value, standardError: error, low: 0, high: 0)
            (estimated.low, estimated.high) = try Self.interval(
                points[l], estimate: estimate, standardError: error, factor: factor, confidence: confidence,
                hits: Int(moments.sum[points[l].first]), trials: moments.count)
            let note = Self.reasonAgainst(estimated, effectiveSample: effective, floor: roundingFloor[l])
            levels.append(Level(estimated: estimated, effectiveSample: effective, note: note))
        }
        self.levels = Self.excludingUnseen(levels, steps: steps)
    }

    /// Paths that carry errors of the size of a reset grow rarer as h falls.  Where a level has too few of them, finer
    /// levels have fewer still, or none, and then look resolved by the small errors of all other paths.
    private static func excludingUnseen(_ levels: [Level], steps: [Double]) -> [Level] {
        let tooFew = levels.indices.filter { levels[$0].isTooRare }.map { steps[$0] }
        guard let coarsest = tooFew.max() else { return levels }
        return zip(levels, steps).map { level, step in
            guard level.isResolved, step < coarsest else { return level }
            var excluded = level
            excluded.note = "rarer still than at h = \(coarsest)"
            return excluded
        }
    }

    private static func reasonAgainst(_ estimated: Estimated, effectiveSample: Double, floor: Double)
        -> String
    {
        if effectiveSample == 0 { return "no path shows an error" }
        // A mean that small may also be large errors that cancel.
        if abs(estimated.value) <= floor, estimated.standardError <= floor { return Row.roundingNote }
        if effectiveSample < leastEffectiveSample {
            let carriers = Int(effectiveSample)
            return "carried by only \(carriers) \(carriers == 1 ? "path" : "paths")"
        }
        if estimated.low <= 0, estimated.high >= 0 { return "the interval contains 0" }
        return ""
    }

    private static func interval(
        _ point: Point, estimate: Estimate, standardError: Double, factor: Double, confidence: Double,
        hits: Int,
        trials: Int
    ) throws -> (low: Double, high: Double) {
        let value = point.value!
        switch estimate {
        case .mean, .ratio:
            return (value - factor * standardError, value + factor * standardError)
        case .probability:
            return try Quantiles.clopperPearson(hits: hits, trials: trials, confidence: confidence)
        case .rootMean, .rootRatio:
            // The mean square is nearer to normal than its root.
            let width = factor * 2 * value * standardError
            return (max(0, value * value - width).squareRoot(), (value * value + width).squareRoot())
        }
    }

    /// A value as a function of means: its own value and its derivatives.
    private struct Point {
        /// Index of its first component.
        let first: Int
        let value: Double?
        /// Derivative by the mean of the first component, and of the second for ratios.
        let gradient: [Double]

        init(_ moments: BlockSums.Moments, estimate: Estimate, level: Int) {
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

        static func covariance(_ a: Point, _ b: Point, _ moments: BlockSums.Moments) -> Double {
            var sum = 0.0
            for (i, x) in a.gradient.enumerated() where x != 0 {
                for (j, y) in b.gradient.enumerated() where y != 0 {
                    sum += x * y * moments.covarianceOfMeans(a.first + i, b.first + j)
                }
            }
            return a.first == b.first ? max(0, sum) : sum
        }
    }
}
