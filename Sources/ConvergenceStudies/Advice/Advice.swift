import Foundation
import SpikingNumerics

/// Which step each integrator may take for a tolerance, and what that costs.
///
/// An error is proven to be below its limit where the upper end of its interval is.  Steps are tried from the finest to
/// coarser ones until one is not proven, so that trying several does not raise the probability of a wrong answer; steps
/// at which an error was not measured are passed over.
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
        /// The largest ratio of an error's upper end to its limit; nil where an error was not measured.
        public var share: Double?
        /// The measure that it belongs to, or that was not measured.
        public var measure: String
        public var observable: String
        /// About how many paths would prove or refute that this step will do; nil where these did.
        public var pathsToDecide: Double?
        public var secondsPerPath: Double?

        enum CodingKeys: String, CodingKey {
            case h, share, measure, observable
            case pathsToDecide = "paths_to_decide"
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
            try ErrorLimit($0, tolerance: tolerance, study: study, result: result)
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

    /// What a study can be asked about: its measures, and what it compares of processes.
    public static func measures(of study: Study) -> [Study.MeasureChoice] {
        let outline = StudyOutline(study)
        return study.measures.flatMap { choice in
            MeasureCatalogue.measures(named: choice.name, observable: choice.observable)
                .map { Study.MeasureChoice(name: $0.name, observable: $0.observable) }
                + (ProbeCatalogue.kind(ofMeasure: choice.name)?.findings(in: outline) ?? [])
                .filter(\.scalar.isCompared).map { Study.MeasureChoice(name: $0.scalar.name) }
        }
    }

    private static func level(_ integrator: String, h: Double, bounds: [ErrorLimit], result: StudyResult)
        throws -> Level
    {
        let found = bounds.map { (limit: $0.limit, error: $0.error(integrator: integrator, h: h, result)) }
        let unknown = found.first { $0.error == nil }
        let worst =
            unknown ?? found.max { $0.error!.high / $0.limit.limit < $1.error!.high / $1.limit.limit }!
        let seconds = result.header.time.work.first { $0.integrator == integrator && $0.h == h }?
            .secondsPerPath
        var level = Level(
            h: h, share: worst.error.map { $0.high / worst.limit.limit }, measure: worst.limit.measure,
            observable: worst.limit.observable,
            secondsPerPath: seconds.flatMap { $0 > 0 && $0.isFinite ? $0 : nil })
        if unknown == nil {
            level.pathsToDecide = decidingFactor(found.map { ($0.error!, $0.limit.limit) }).map {
                $0 * Double(result.header.paths)
            }
        }
        return level
    }

    /// How many times as many paths decide; nil where nothing is open, or so near to its limit that no number of paths could
    /// be stated.
    ///
    /// One error that is too large settles it, whereas all have to be small enough.
    private static func decidingFactor(_ errors: [(error: ErrorRange, limit: Double)]) -> Double? {
        if errors.contains(where: { $0.error.low > $0.limit }) { return nil }
        let open = errors.filter { $0.error.high > $0.limit }
        let factors = open.map { $0.error.factor(toDecide: $0.limit) }
        let refuting = zip(open, factors).filter { $0.0.error.value > $0.0.limit }.map(\.1)
        return (refuting.min() ?? factors.max()).flatMap { $0.isFinite ? $0 : nil }
    }
}
