import Foundation

/// How large an error may be.
public enum AdviceTolerance: Equatable, Sendable {
    /// A share of the natural size of what is measured: see `NaturalSize`.
    case relative(Double)
    /// In the unit of each measure.
    case absolute(Double)

    /// Reads `1%`, `0.5 %` or `0.01`; nil for anything else, and for what is not positive.
    public init?(_ text: String) {
        let trimmed = text.filter { !$0.isWhitespace }
        let isRelative = trimmed.hasSuffix("%")
        guard let number = Double(isRelative ? String(trimmed.dropLast()) : trimmed), number > 0,
            number.isFinite
        else { return nil }
        self = isRelative ? .relative(number / 100) : .absolute(number)
    }

    /// The largest admissible error of a measure.
    func limit(of size: NaturalSize) -> Double {
        switch self {
        case .relative(let share): share * size.value
        case .absolute(let value): value
        }
    }
}

/// What an error of a measure is relative to.
public struct NaturalSize: Equatable, Sendable {
    /// In the unit of the measure.
    public var value: Double
    public var meaning: String

    /// Errors of V are relative to the distance from reset to threshold, counts of spikes to the reference's mean count,
    /// spike times to its mean interval; observables and distances that lie between 0 and 1 are taken as they are.
    ///
    /// Nil where the reference does not fire, so that there is no count or interval to be relative to.
    init?(measure: String, observable: String, study: Study, result: StudyResult) {
        let rate = result.scalars.first {
            $0.case == "network" && $0.name == ProcessScalar.firingRate.rawValue && $0.h == nil
        }?.value
        switch (measure, observable) {
        case ("strong-final", _), ("strong-mean", _), ("strong-jump-aware", _):
            value = study.problem.models.map { $0.threshold - $0.reset }.min() ?? 1
            meaning = "distance from reset to threshold"
        case (_, "spike-count"), ("missed-spikes", _), ("extra-spikes", _), ("victor-purpura", _):
            guard let rate, rate > 0 else { return nil }
            (value, meaning) = (rate * study.problem.duration, "mean number of spikes per neuron")
        case ("spike-time-rms", _), ("spike-time-bias", _):
            guard let rate, rate > 0 else { return nil }
            (value, meaning) = (1 / rate, "mean interval between spikes")
        default:
            (value, meaning) = (1, "1")
        }
    }
}
