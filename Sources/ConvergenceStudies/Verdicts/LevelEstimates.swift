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
        /// Why the level is unresolved, or cannot be fitted; empty where it can.
        package var note: String
        /// What one path more of those that carry the error adds to the value; relative to it.
        package var relativeGrain = 0.0
        /// What no path has shown adds to the value, relative to it, for each factor of e in probability.
        package var relativeUnseen = 0.0
        /// What verdicts on the value go by; nil where it is left to chance.
        package var evidence: Evidence?
        /// Of |value|; for unresolved levels.
        package var upperBound: Double?

        /// Whether the interval is one.
        package var isResolved: Bool { isFittable || note == Row.zeroNote }
        /// Whether the value has a logarithm that is worth fitting.
        package var isFittable: Bool { note.isEmpty }

        var isTooRare: Bool { effectiveSample > 0 && effectiveSample < leastEffectiveSample }
    }

    package let levels: [Level]
    /// Covariance of the values of two levels.
    package let covariance: [[Double]]
    package let paths: Int

    /// Whether there is nothing at some level because the run diverges.
    var isDiverging: Bool { levels.contains { $0.estimated == nil && $0.note.contains(DivergedRuns.word) } }

    /// - Parameters:
    ///   - steps: h of each level, ms.
    ///   - roundingFloor: Values below this are rounding, level by level.
    ///   - eventSize: What an event adds to a path's value at the most: see `Measure`.  0 where there are no events.
    ///   - absent: Why there is nothing at a level; nil where there is.
    /// - Throws: `GSLError`.
    package init(
        _ moments: Moments, estimate: Estimate, confidence: Double, steps: [Double],
        roundingFloor: [Double], eventSize: Double = 0, absent: [String?] = []
    ) throws {
        let count = steps.count
        let points = (0..<count).map { LevelPoint(moments, estimate: estimate, level: $0) }
        paths = moments.count
        let covariance = (0..<count).map { l in
            (0..<count).map { m in LevelPoint.covariance(points[l], points[m], moments) }
        }
        let samples = (0..<count).map {
            LevelSample(
                moments, estimate: estimate, level: $0, eventSize: eventSize,
                standardError: covariance[$0][$0].squareRoot())
        }
        var levels: [Level] = try samples.enumerated().map { l, sample in
            if absent.indices.contains(l), let note = absent[l] {
                return Level(estimated: nil, effectiveSample: 0, note: note)
            }
            return try sample.level(confidence: confidence, floor: roundingFloor[l])
        }
        levels = Self.excludingUnseen(levels, steps: steps)
        for (l, sample) in samples.enumerated() where levels[l].estimated != nil && !levels[l].isResolved {
            levels[l].upperBound = max(
                roundingFloor[l], try sample.upperBound(level: (1 - confidence) / 2))
            if estimate != .probability { levels[l].evidence = nil }
        }
        (self.levels, self.covariance) = (levels, covariance)
    }

    /// Degrees of freedom of a standard error: as many as paths carry the error, effectively, less one.
    ///
    /// A variance estimated from n samples of kurtosis κ is as uncertain as one of 2n/(κ - 1) degrees of freedom; with
    /// n/κ = (Σe²)²/Σe⁴ half of these are left to account for skewness, which a standard error knows nothing of.
    static func freedom(effectiveSample: Double, paths: Int) -> Double {
        let most = Double(paths - 1)
        return effectiveSample > 0 ? min(most, max(1, effectiveSample - 1)) : most
    }

    /// Paths that carry errors of the size of a reset grow rarer as h falls.  Where a level has too few of them, finer
    /// levels have fewer still, or none, and then look resolved by the small errors of all other paths.
    private static func excludingUnseen(_ levels: [Level], steps: [Double]) -> [Level] {
        let tooFew = levels.indices.filter {
            levels[$0].isTooRare || levels[$0].note == LevelSample.unseenNote
        }
        .map { steps[$0] }
        guard let coarsest = tooFew.max() else { return levels }
        return zip(levels, steps).map { level, step in
            guard level.isResolved, step < coarsest else { return level }
            var excluded = level
            excluded.note = "rarer still than at h = \(coarsest)"
            return excluded
        }
    }

    /// The least degrees of freedom among these levels.
    func freedom(of used: [Int]) -> Double {
        used.map { Self.freedom(effectiveSample: levels[$0].effectiveSample, paths: paths) }.min() ?? 0
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
