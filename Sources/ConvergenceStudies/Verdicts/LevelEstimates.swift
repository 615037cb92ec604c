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
    package static let leastEffectiveSample = 30.0

    package struct Level: Sendable {
        /// Nil where there is nothing to compute.
        package var estimated: Estimated?
        package var effectiveSample: Double
        /// Why the level cannot be fitted; empty where it can.
        package var note: String
        /// What one path more of those that carry the error adds to the value; relative to it.
        package var relativeGrain = 0.0
        /// What verdicts on the value go by; nil where it is left to chance.
        package var evidence: Evidence?

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
        let hits = points.map { estimate == .probability ? moments.hits($0.first) : 0 }
        var levels: [Level] = []
        for l in 0..<count {
            if absent.indices.contains(l), let note = absent[l] {
                levels.append(Level(estimated: nil, effectiveSample: 0, note: note))
                continue
            }
            let effective = moments.effectiveSample(l)
            let freedom = Self.freedom(effectiveSample: effective, paths: moments.count)
            let factor = Quantiles.standardErrors(confidence: confidence, freedom: freedom)
            guard let value = points[l].value else {
                levels.append(Level(estimated: nil, effectiveSample: effective, note: "nothing to average"))
                continue
            }
            let error = covariance[l][l].squareRoot()
            var estimated = Estimated(value: value, standardError: error, low: 0, high: 0)
            (estimated.low, estimated.high) = try Self.interval(
                value, estimate: estimate, standardError: error, factor: factor, confidence: confidence,
                hits: hits[l], trials: moments.count)
            let note = Self.reasonAgainst(estimated, effectiveSample: effective, floor: roundingFloor[l])
            levels.append(Level(estimated: estimated, effectiveSample: effective, note: note))
        }
        levels = Self.excludingUnseen(levels, steps: steps)
        for l in levels.indices {
            levels[l].relativeGrain = Self.relativeGrain(points[l], estimate, moments, level: l)
            levels[l].evidence = Self.evidence(levels[l], estimate: estimate, hits: hits[l], paths: paths)
        }
        self.levels = levels
    }

    /// Only sums of zeros and ones are counts; others may be beyond what an integer holds.
    private static func hits(_ point: Point, _ estimate: Estimate, _ moments: BlockSums.Moments) -> Int {
        estimate == .probability ? Int(moments.sum[point.first]) : 0
    }

    /// Degrees of freedom of a standard error: as many as paths carry the error, effectively, less one.
    ///
    /// A variance estimated from n samples of kurtosis κ is as uncertain as one of 2n/(κ - 1) degrees of freedom; with
    /// n/κ = (Σe²)²/Σe⁴ half of these are left to account for skewness, which a standard error knows nothing of.
    static func freedom(effectiveSample: Double, paths: Int) -> Double {
        let most = Double(paths - 1)
        return effectiveSample > 0 ? min(most, max(1, effectiveSample - 1)) : most
    }

    /// Paths that carry an error carry √(Σe⁴/Σe²) each.
    private static func relativeGrain(
        _ point: Point, _ estimate: Estimate, _ moments: BlockSums.Moments, level: Int
    ) -> Double {
        let effective = moments.effectiveSample(level)
        guard let value = point.value, value != 0, effective > 0 else { return 0 }
        if estimate.isRoot { return 0.5 / effective }
        let carried = (moments.squares[level] / effective).squareRoot() / Double(moments.count)
        return point.gradient[0] * carried / abs(value)
    }

    /// Where too few paths carry an error, only a count of trials says anything for certain.
    private static func evidence(
        _ level: Level, estimate: Estimate, hits: Int, paths: Int
    ) -> Evidence? {
        guard let estimated = level.estimated else { return nil }
        if estimate == .probability { return .binomial(hits: hits, trials: paths) }
        guard level.isResolved || level.note == Row.zeroNote, estimated.standardError.isFinite else {
            return nil
        }
        let freedom = freedom(effectiveSample: level.effectiveSample, paths: paths)
        let value = estimated.value
        let grain = level.relativeGrain * abs(value)
        // The mean square is nearer to normal than its root.
        guard estimate.isRoot else {
            // A bias that may have either sign may be larger on either side.
            let isOpen = level.note == Row.zeroNote
            return .student(
                value: value, standardError: estimated.standardError, freedom: freedom,
                grain: Grain(above: value > 0 || isOpen ? grain : 0, below: value < 0 || isOpen ? grain : 0))
        }
        return .student(
            value: value * value, standardError: 2 * value * estimated.standardError, freedom: freedom,
            grain: Grain(above: 2 * value * grain))
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
        if estimated.low <= 0, estimated.high >= 0 { return Row.zeroNote }
        return ""
    }

    /// The interval around a value; `factor` is its half-width in standard errors, where it has one.
    static func interval(
        _ value: Double, estimate: Estimate, standardError: Double, factor: Double, confidence: Double,
        hits: Int,
        trials: Int
    ) throws -> (low: Double, high: Double) {
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

    /// The least degrees of freedom among these levels.
    func freedom(of used: [Int]) -> Double {
        used.map { Self.freedom(effectiveSample: levels[$0].effectiveSample, paths: paths) }.min() ?? 0
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

extension Estimate {
    /// Whether the value is the root of a mean or of a ratio of means.
    var isRoot: Bool {
        switch self {
        case .rootMean, .rootRatio: true
        case .mean, .probability, .ratio: false
        }
    }
}
