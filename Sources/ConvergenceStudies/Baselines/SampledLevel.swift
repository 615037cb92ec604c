import Foundation
import SpikingNumerics

/// One step of a `SeriesSample`: its value, and the moments a comparison needs.
struct SampledLevel {
    let sample: SeriesSample
    let kind: Estimate
    let level: Int

    init?(_ sample: SeriesSample, step: Double) {
        guard let kind = sample.kind, let level = sample.steps.firstIndex(of: step) else { return nil }
        (self.sample, self.kind, self.level) = (sample, kind, level)
    }

    var paths: Double { Double(sample.paths) }
    private var first: Int { kind.isRatio ? 2 * level : level }

    /// The mean of what is averaged.
    var numerator: Double { sample.mean[first] }
    /// The mean of what it is counted per; 1 for what is no ratio.
    var denominator: Double { kind.isRatio ? sample.mean[first + 1] : 1 }

    /// The mean or the ratio, before any root is taken; nil where there is nothing to divide by.
    var averaged: Double? { denominator > 0 ? numerator / denominator : nil }

    /// The value of the row: nil where `averaged` is.
    var value: Double? { averaged.map { kind.isRoot ? max(0, $0).squareRoot() : $0 } }

    /// Σ over the paths of (x - ratio·w)² about its mean, in units of `averaged`: of the linearised ratio, or of x itself.
    func squares(about ratio: Double) -> Double {
        guard kind.isRatio else { return sample.comoment(first, first) }
        let sum =
            sample.comoment(first, first) - 2 * ratio * sample.comoment(first, first + 1)
            + ratio * ratio * sample.comoment(first + 1, first + 1)
        return max(0, sum) / (denominator * denominator)
    }

    /// The value with its interval, of an unresolved level that of its upper bound; nil where there is nothing to compute.
    ///
    /// - Throws: `GSLError`.
    func estimated(confidence: Double) throws -> Estimated? {
        guard let averaged, let value else { return nil }
        let mean = (squares(about: averaged) / (paths * max(1, paths - 1))).squareRoot()
        let error = kind.isRoot ? (value > 0 ? mean / (2 * value) : 0) : mean
        let meanSquare =
            numerator * numerator + sample.comoment(first, first) / paths
        let level = LevelSample(
            estimate: kind, count: sample.paths, effectiveSample: sample.effectiveSample[level], value: value,
            standardError: error, mean: numerator, meanSquare: meanSquare, weight: denominator,
            largest: sample.largest?[level] ?? 0,
            meanSquaredError: sample.meanSquare?[level] ?? meanSquare, eventSize: sample.eventSize ?? 0)
        let found = try level.level(confidence: confidence, floor: sample.roundingFloor[self.level])
        guard var estimated = found.estimated, !found.isResolved else { return found.estimated }
        let bound = try level.upperBound(level: (1 - confidence) / 2)
        estimated.high = bound
        estimated.low = kind == .mean || kind == .ratio ? -bound : 0
        return estimated
    }
}
