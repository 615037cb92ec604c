import Foundation
import SpikingNumerics

/// The law of a white-noise LIF neuron's interspike intervals, by the integral equation for first passages.
///
/// With the time s = σ² τ/2 (e^{2t/τ} - 1), V from its reset on is a Brownian motion, and the threshold the curve
/// b(s) = (V_th - V_∞) e^{t/τ} - (V_r - V_∞).  The density g of the first passage solves
///
///     g(s) = -2 Ψ(s | 0, 0) + 2 ∫_0^s g(u) Ψ(s | b(u), u) du,   Ψ(s | y, u) = ½ (b'(s) - (b(s) - y)/(s - u)) φ(b(s) - y; s - u),
///
/// whose kernel has no singularity, so that the trapezoidal rule is enough.
///
/// Source: A. Buonocore, A. G. Nobile, L. M. Ricciardi, Adv. Appl. Probab. 19 (1987), doi:10.2307/1427102.
struct FirstPassage {
    let step: Double
    /// P(interval ≤ k · step).
    let cumulative: [Double]
    let mean, deviation: Double

    init(_ model: NeuronModel, until end: Double, steps: Int) {
        let (tau, noise) = (model.membraneTimeConstant, model.voltageNoise * model.voltageNoise)
        step = end / Double(steps)
        let times = (0...steps).map { Double($0) * end / Double(steps) }
        let clock = times.map { noise * tau / 2 * expm1(2 * $0 / tau) }
        let height = model.threshold - model.asymptoticPotential
        let boundary = times.map { height * exp($0 / tau) + model.asymptoticPotential - model.reset }
        let slope = times.map { height / tau * exp(-$0 / tau) / noise }
        func kernel(_ k: Int, from place: Double, at time: Double) -> Double {
            let (distance, span) = (boundary[k] - place, clock[k] - time)
            let density = exp(-distance * distance / (2 * span)) / (2 * Double.pi * span).squareRoot()
            // Per ms.
            return 0.5 * (slope[k] - distance / span) * density * noise * exp(2 * times[k] / tau)
        }
        var density = [0.0]
        for k in 1...steps {
            var sum = 0.0
            for j in 1..<max(1, k) { sum += density[j] * kernel(k, from: boundary[j], at: clock[j]) }
            density.append(-2 * kernel(k, from: 0, at: 0) + 2 * step * sum)
        }
        var (sum, first, second) = (0.0, 0.0, 0.0)
        var cumulative = [0.0]
        for k in 1...steps {
            sum += step / 2 * (density[k - 1] + density[k])
            cumulative.append(sum)
            first += step * density[k] * times[k]
            second += step * density[k] * times[k] * times[k]
        }
        self.cumulative = cumulative
        mean = first
        deviation = (second - first * first).squareRoot()
    }

    func below(_ interval: Double) -> Double {
        let place = min(interval / step, Double(cumulative.count - 1))
        let k = min(Int(place), cumulative.count - 2)
        return cumulative[k] + (place - Double(k)) * (cumulative[k + 1] - cumulative[k])
    }

    /// The largest difference between the law and the distribution of a sample, times √n: above 2.7 with probability 1e-6, if
    /// the sample has the law (Kolmogorov).
    func kolmogorov(_ sample: [Double]) -> Double {
        let n = Double(sample.count)
        let gaps = sample.sorted().enumerated().map { k, interval in
            let law = below(interval)
            return max(abs(law - Double(k) / n), abs(law - Double(k + 1) / n))
        }
        return n.squareRoot() * gaps.max()!
    }
}
