import Foundation
import SpikingNumerics

/// Which step each integrator may take for a tolerance, and what that costs.
///
/// An error is proven to be below its limit where the upper end of its interval is.  Steps are tried from the finest to
/// coarser ones until one is not proven, so that trying several does not raise the probability of a wrong answer; steps
/// whose error is carried by too few paths to have an interval are passed over.
public struct Advice: Codable, Equatable, Sendable {
    public var study: String
    /// As it was asked for.
    public var tolerance: String
    /// One-sided.
    public var confidence: Double
    public var limits: [Limit]
    /// In the order of the study.
    public var integrators: [Choice]
    /// The integrator that meets the tolerance in the least time; nil where none does.
    public var cheapest: String?

    /// What one measure has to stay below.
    public struct Limit: Codable, Equatable, Sendable {
        public var measure: String
        public var observable: String
        public var limit: Double
        /// What a relative tolerance is relative to, and its value.
        public var relativeTo: String
        public var size: Double

        enum CodingKeys: String, CodingKey {
            case measure, observable, limit, size
            case relativeTo = "relative_to"
        }
    }

    public struct Choice: Codable, Equatable, Sendable {
        public var integrator: String
        /// The largest step, ms; nil where no step is proven to be good enough.
        public var h: Double?
        /// Seconds of one core per path at that step, without the noise; nil where none was measured.
        public var secondsPerPath: Double?
        /// From the finest step to the coarsest.
        public var levels: [Level]

        enum CodingKeys: String, CodingKey {
            case integrator, h, levels
            case secondsPerPath = "seconds_per_path"
        }
    }

    /// All limits at one step.
    public struct Level: Codable, Equatable, Sendable {
        public var h: Double
        /// The largest ratio of an error's upper end to its limit; nil where too few paths carry an error.
        public var share: Double?
        /// The measure that it belongs to, or that has no interval.
        public var measure: String
        public var observable: String
        public var secondsPerPath: Double?

        enum CodingKeys: String, CodingKey {
            case h, share, measure, observable
            case secondsPerPath = "seconds_per_path"
        }
    }

    /// Why there is no advice.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        case noSize(measure: String)

        public var description: String {
            switch self {
            case .noSize(let measure):
                "the reference never fires, so an error of \(measure) has nothing to be relative to; give an absolute "
                    + "tolerance, such as 0.01, or leave the measure out"
            }
        }
    }

    /// - Parameters:
    ///   - result: Of `study`, run with two-sided intervals of confidence 2c - 1 for a one-sided confidence c.
    ///   - measures: What has to meet the tolerance, on the whole network.
    /// - Throws: `Failure`; `GSLError`.
    public init(
        _ result: StudyResult, of study: Study, tolerance: AdviceTolerance, text: String,
        measures: [Study.MeasureChoice]
    ) throws {
        self.study = study.name
        self.tolerance = text
        confidence = (1 + result.header.confidence) / 2
        let bounds = try measures.map {
            try ErrorBound($0, tolerance: tolerance, study: study, result: result)
        }
        limits = bounds.map(\.limit)
        integrators = try study.integrators.map { integrator in
            let levels = try study.steps.sorted().map {
                try Self.level(integrator, h: $0, bounds: bounds, result: result)
            }
            let known = levels.filter { $0.share != nil }
            let chosen = known.prefix { $0.share! <= 1 }.last
            return Choice(
                integrator: integrator, h: chosen?.h, secondsPerPath: chosen?.secondsPerPath, levels: levels)
        }
        cheapest =
            integrators.filter { $0.secondsPerPath != nil }.min { $0.secondsPerPath! < $1.secondsPerPath! }?
            .integrator
    }

    private static func level(_ integrator: String, h: Double, bounds: [ErrorBound], result: StudyResult)
        throws -> Level
    {
        let shares = try bounds.map { bound in
            (
                bound,
                bound.upperEnd(integrator: integrator, h: h, result: result).map {
                    $0 / bound.limit.limit
                }
            )
        }
        let unknown = shares.first { $0.1 == nil }
        let worst = unknown ?? shares.max { $0.1! < $1.1! }!
        let seconds = result.header.time.work.first { $0.integrator == integrator && $0.h == h }?
            .secondsPerPath
        return Level(
            h: h, share: worst.1, measure: worst.0.limit.measure, observable: worst.0.limit.observable,
            secondsPerPath: seconds.flatMap { $0 > 0 && $0.isFinite ? $0 : nil })
    }
}

/// The upper ends of the errors of one measure.
private struct ErrorBound {
    let limit: Advice.Limit

    init(
        _ measure: Study.MeasureChoice, tolerance: AdviceTolerance, study: Study, result: StudyResult
    ) throws {
        let size = MeasureCatalogue.measure(row: measure.name, observable: measure.observable)
            .flatMap { ErrorScale($0.size, study: study, result: result) }
        let title = ([measure.name] + [measure.observable]).joined(separator: " ")
        guard let size = size ?? Self.withoutSize(tolerance) else {
            throw Advice.Failure.noSize(measure: title.trimmingCharacters(in: .whitespaces))
        }
        limit = Advice.Limit(
            measure: measure.name, observable: measure.observable, limit: tolerance.limit(of: size),
            relativeTo: size.meaning, size: size.value)
    }

    private static func withoutSize(_ tolerance: AdviceTolerance) -> ErrorScale? {
        if case .absolute = tolerance { ErrorScale(value: 1, meaning: "1") } else { nil }
    }

    /// Of |error|, whether its level is resolved or not; nil where nothing was measured.
    func upperEnd(integrator: String, h: Double, result: StudyResult) -> Double? {
        let row = result.rows.first {
            $0.case == "network" && $0.integrator == integrator && $0.measure == limit.measure
                && $0.observable == limit.observable && $0.h == h
        }
        guard let row else { return nil }
        return row.upperBound ?? [row.intervalLow, row.intervalHigh].compactMap { $0 }.map(abs).max()
    }
}
