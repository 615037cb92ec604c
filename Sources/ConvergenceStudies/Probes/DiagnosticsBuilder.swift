import Foundation
import SpikingNumerics

/// Scalars and curves of spectra, slow crossings and mean square errors.
extension ResultBuilder {
    func diagnosticScalars() -> [Scalar] {
        var scalars: [Scalar] = []
        for (participant, spectrum) in sums.spectra.enumerated() {
            let own = (0..<spectrum.exponents).map { k in
                var exponent = scalar(
                    participant, 0, .spectrum, method: "qr",
                    estimated(
                        spectrum.mean(k), variance: spectrum.variance(k), count: spectrum.count))
                exponent.name = "lyapunov-spectrum[\(k + 1)]"
                return exponent
            }
            scalars += unlessDiverged(participant, own)
        }
        if let tail = crossingTail {
            let known = [
                (ProcessScalar.crossingTail, "maximum-likelihood", tail.exponent),
                (.inverseMoment, "octaves", tail.growth),
            ]
            scalars += known.map { quantity, method, found in
                scalar(
                    0, 0, quantity, method: method,
                    found.map { estimated($0.value, variance: $0.variance, count: study.sampling.paths) })
            }
        }
        return scalars
    }

    private var crossingTail: CrossingTail? {
        sums.crossingTail.map { CrossingTail($0, model: study.problem.model(neuron: 0)) }
    }

    /// How far mean square errors at T are from proportional to h, integrator by integrator.
    func meanSquareScalars(_ estimates: [LevelEstimates]) -> [Scalar] {
        guard plan.wantsMeanSquareFit else { return [] }
        return zip(plan.series, estimates).compactMap { series, estimates in
            guard series.measure is StrongFinal, !series.case.isReplay else { return nil }
            let slope = MeanSquareFit.logarithmicPower(
                estimates, steps: study.steps,
                timeConstant: study.problem.model(neuron: series.case.neurons.lowerBound).membraneTimeConstant
            )
            let found = slope.map {
                estimated(
                    $0.value, variance: $0.standardError * $0.standardError, count: estimates.paths)
            }
            return Scalar(
                study: study.name, case: series.case.name, name: ProcessScalar.logarithmicPower.rawValue,
                method: "mean-square-fit", integrator: study.integrators[series.integrator], h: nil,
                value: found?.value, standardError: found?.standardError.ifFinite,
                intervalLow: found?.low.ifFinite, intervalHigh: found?.high.ifFinite, unit: "")
        }
    }

    // MARK: Curves

    func curves() -> [Curve] {
        spectrumCurves() + tailCurves() + fluxCurves() + twinSizes
    }

    /// The reference's largest exponents against the time averaged over.
    private func spectrumCurves() -> [Curve] {
        guard let spectrum = sums.spectra.first, spectrum.count > 1 else { return [] }
        return (0..<min(8, spectrum.exponents)).map { k in
            let parts = 0..<SpectrumSums.parts
            return Curve(
                name: "lyapunov-spectrum[\(k + 1)]", integrator: participantName(0), h: nil,
                x: spectrum.times, y: parts.map { spectrum.mean(k, part: $0) },
                standardErrors: parts.map { spectrum.variance(k, part: $0).squareRoot() })
        }
    }

    private func tailCurves() -> [Curve] {
        guard let tail = crossingTail else { return [] }
        func curve(_ name: String, _ value: (Int) -> (value: Double, variance: Double)?) -> Curve {
            let known = tail.speeds.indices.compactMap { k in
                value(k).flatMap { $0.variance.isFinite ? (tail.speeds[k], $0) : nil }
            }
            return Curve(
                name: name, integrator: participantName(0), h: nil, x: known.map(\.0),
                y: known.map(\.1.value), standardErrors: known.map { $0.1.variance.squareRoot() })
        }
        return [curve("crossing-speed-tail", tail.exponent), curve("inverse-moment", tail.inverseMoment)]
    }

    /// J(A): from the histogram of the reference's crossing speeds, and from the Fokker-Planck equation.
    private func fluxCurves() -> [Curve] {
        var curves = stationary.map { [$0.fluxDensity] } ?? []
        guard plan.wantsCrossingTail else { return curves }
        let histogram = sums.crossingSpeeds
        let time =
            Double(study.sampling.paths) * study.problem.duration * Double(study.problem.network.neuronCount)
        let bins = histogram.counts.indices.filter { histogram.counts[$0] > 0 }
        let widths = bins.map { time * (histogram.edges[$0 + 1] - histogram.edges[$0]) }
        curves.append(
            Curve(
                name: "flux-density", integrator: participantName(0), h: nil,
                x: bins.map { (histogram.edges[$0] * histogram.edges[$0 + 1]).squareRoot() },
                y: zip(bins, widths).map { Double(histogram.counts[$0]) / $1 },
                standardErrors: zip(bins, widths).map { Double(histogram.counts[$0]).squareRoot() / $1 }))
        return curves
    }
}
