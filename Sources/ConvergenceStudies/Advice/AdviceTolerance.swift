import Foundation
import SpikingNumerics

/// How large an error may be.
public enum AdviceTolerance: Equatable, Sendable {
    /// A share of the natural size of what is measured, which each measure declares: see `NaturalSize`.
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
    func limit(of size: ErrorScale) -> Double {
        switch self {
        case .relative(let share): share * size.value
        case .absolute(let value): value
        }
    }
}

/// The natural size of a measure in a study, as a number.
struct ErrorScale: Equatable, Sendable {
    /// In the unit of the measure.
    var value: Double
    var meaning: String

    /// Nil where the reference does not fire, so that there is no count, rate or interval to be relative to.
    init?(_ size: NaturalSize, study: Study, result: StudyResult) {
        let rate = result.scalars.first {
            $0.case == "network" && $0.name == ProcessMeans.firingRate.name && $0.h == nil
        }?.value.flatMap { $0 > 0 ? $0 : nil }
        switch size {
        case .resetHeight:
            value = study.problem.models.map { $0.threshold - $0.reset }.min() ?? 1
            meaning = "distance from reset to threshold"
        case .spikeCount:
            guard let rate else { return nil }
            (value, meaning) = (rate * study.problem.duration, "mean number of spikes per neuron")
        case .firingRate:
            guard let rate else { return nil }
            (value, meaning) = (rate, "reference's firing rate")
        case .interval:
            guard let rate else { return nil }
            (value, meaning) = (1 / rate, "mean interval between spikes")
        case .one:
            (value, meaning) = (1, "1")
        }
    }

    /// Of the bias of a property of a process; nil where the reference's is 0 or not known.
    init?(_ scalar: ScalarDescriptor, result: StudyResult) {
        let reference = result.scalars.first {
            $0.case == "network" && $0.name == scalar.name && $0.h == nil
        }
        guard let value = reference?.value, value > 0 else { return nil }
        self.init(value: value, meaning: "reference's \(scalar.name)")
    }

    init(value: Double, meaning: String) {
        (self.value, self.meaning) = (value, meaning)
    }
}
