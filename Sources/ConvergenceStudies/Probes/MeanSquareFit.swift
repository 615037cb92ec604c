import Foundation
import SpikingNumerics

/// p of the fit C h (log(τ_m/h))^p to a mean square error: how far it is from proportional to h.
package enum MeanSquareFit: Probe {
    static let family: MeasureFamily? = MeasureFamily(
        name: "mean-square-fit",
        summary: "p of the fit C h (log τ_m/h)^p to the mean square error at T; needs strong-final",
        measures: [])

    static let power = ScalarDescriptor(
        "mean-square-log-power", remedy: remedy,
        sentence:
            "The power p of the fit C h (log(τ_m/h))^p to the mean square error of V at T: 0 where it is proportional to h."
    )
    static let scalars = [power]

    /// Integrator by integrator, on the cases of the free run.
    static func scalars(_ estimates: [LevelEstimates], _ results: ResultBuilder) -> [Scalar] {
        let (plan, study) = (results.plan, results.study)
        guard StudyOutline(study).asks(for: family) else { return [] }
        return zip(plan.series, estimates).compactMap { series, estimates in
            guard series.measure is StrongFinal, !series.case.isReplay else { return nil }
            let slope = logarithmicPower(
                estimates, steps: study.steps,
                timeConstant: study.problem.model(neuron: series.case.neurons.lowerBound).membraneTimeConstant
            )
            let found = slope.map {
                results.estimated(
                    $0.value, variance: $0.standardError * $0.standardError, count: estimates.paths)
            }
            return Scalar(
                study: study.name, case: series.case.name, name: power.name, method: family!.name,
                integrator: study.integrators[series.integrator], h: nil,
                value: found?.value, standardError: found?.standardError.ifFinite,
                intervalLow: found?.low.ifFinite, intervalHigh: found?.high.ifFinite, unit: power.unit)
        }
    }

    /// - Parameters:
    ///   - estimates: Root mean squares.
    ///   - timeConstant: τ_m in ms; levels with h not below it are left out.
    package static func logarithmicPower(
        _ estimates: LevelEstimates, steps: [Double], timeConstant: Double
    ) -> WeightedSlope? {
        let used = steps.indices.filter { estimates.levels[$0].isFittable && steps[$0] < timeConstant }
        let values = used.map { estimates.levels[$0].estimated!.value }
        let covariance = used.enumerated().map { i, l in
            used.enumerated().map { j, m in 4 * estimates.covariance[l][m] / (values[i] * values[j]) }
        }
        return WeightedSlope(
            x: used.map { log(log(timeConstant / steps[$0])) },
            y: zip(used, values).map { log($1 * $1 / steps[$0]) }, covariance: covariance)
    }
}
