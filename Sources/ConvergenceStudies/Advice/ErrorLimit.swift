import Foundation
import SpikingNumerics

/// What one measure, or one property of a process, has to stay below, and what a result says of it.
struct ErrorLimit {
    let limit: Advice.Limit
    private let scalar: ScalarDescriptor?

    /// - Parameter choice: A measure, or the name of a scalar whose bias is meant.
    /// - Throws: `Advice.Failure`.
    init(
        _ choice: Study.MeasureChoice, tolerance: AdviceTolerance, study: Study, result: StudyResult
    ) throws(Advice.Failure) {
        scalar = ProbeCatalogue.scalars.first { $0.name == choice.name && $0.isCompared }
        let size: ErrorScale? =
            if let scalar {
                ErrorScale(scalar, result: result)
            } else {
                MeasureCatalogue.measure(row: choice.name, observable: choice.observable)
                    .flatMap { ErrorScale($0.size, study: study, result: result) }
            }
        guard let size = size ?? Self.withoutSize(tolerance) else {
            let title = choice.observable.isEmpty ? choice.name : "\(choice.name) \(choice.observable)"
            throw Advice.Failure.noSize(measure: title)
        }
        limit = Advice.Limit(
            measure: choice.name, observable: choice.observable, limit: tolerance.limit(of: size),
            relativeTo: size.meaning, size: size.value)
    }

    private static func withoutSize(_ tolerance: AdviceTolerance) -> ErrorScale? {
        if case .absolute = tolerance { ErrorScale(value: 1, meaning: "1") } else { nil }
    }

    /// Of the whole network; nil where nothing was measured.
    func error(integrator: String, h: Double, _ result: StudyResult) -> ErrorRange? {
        if let scalar {
            return result.scalars.first {
                $0.case == "network" && $0.integrator == integrator && $0.name == scalar.name && $0.h == h
            }.flatMap(ErrorRange.init)
        }
        return result.rows.first {
            $0.case == "network" && $0.integrator == integrator && $0.measure == limit.measure
                && $0.observable == limit.observable && $0.h == h
        }.flatMap(ErrorRange.init)
    }
}

/// Between which ends the size of an error lies.
struct ErrorRange: Equatable {
    var value: Double
    var low: Double
    var high: Double
    /// The range is as wide as the number of paths to minus this power.
    var rate = 0.5

    init?(_ row: Row) {
        guard let value = row.value else { return nil }
        if let bound = row.upperBound {
            self.init(value: value, ends: [-bound, bound])
            let estimate = MeasureCatalogue.measure(row: row.measure, observable: row.observable)?.estimate
            // What is bounded is a number of rare events, of which there are as many in more paths.
            if estimate?.isRoot == false { rate = 1 }
        } else {
            self.init(value: value, ends: [row.intervalLow, row.intervalHigh])
        }
    }

    init?(_ scalar: Scalar) {
        guard let bias = scalar.bias else { return nil }
        self.init(value: bias, ends: [scalar.biasLow, scalar.biasHigh])
    }

    init?(value: Double, ends: [Double?]) {
        let known = ends.compactMap { $0 }
        guard known.count == 2 else { return nil }
        self.value = abs(value)
        low = known[0] <= 0 && known[1] >= 0 ? 0 : known.map(abs).min()!
        high = known.map(abs).max()!
    }

    /// How many times as many paths leave the limit outside the range; infinite where it is the value.
    func factor(toDecide limit: Double) -> Double {
        let distance = abs(limit - value)
        let width = value < limit ? high - value : value - low
        guard distance > 0 else { return .infinity }
        return max(1, pow(width / distance, 1 / rate))
    }
}
