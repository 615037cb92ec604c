import CGSL
import Foundation
import SpikingNumerics

/// A neuron without noise, solved in closed form between spikes and by GSL's Brent method for the spikes.
struct DeterministicNeuron {
    let model: NeuronModel
    /// Jumps of I, in order of time.
    var inputs: [(time: Double, weight: Double)] = []

    struct State {
        var time, voltage, current: Double
    }

    func voltage(_ from: State, at time: Double) -> Double {
        let u = time - from.time
        let tau = model.membraneTimeConstant
        // Not through V_∞, which is large where τ_m is.
        return model.restingPotential + (from.voltage - model.restingPotential) * exp(-u / tau)
            - model.drive * tau * expm1(-u / tau) + kernel(u) * from.current
    }

    /// ∫_0^u e^{-(u-s)/τ_m - s/τ_s} ds, written independently of the library: by series where the constants are close.
    private func kernel(_ u: Double) -> Double {
        let (a, b) = (1 / model.synapticTimeConstant, 1 / model.membraneTimeConstant)
        if abs(a - b) * u > 1e-3 { return (exp(-b * u) - exp(-a * u)) / (a - b) }
        let z = (a - b) * u
        return u * exp(-a * u) * (1 + z / 2 * (1 + z / 3 * (1 + z / 4 * (1 + z / 5))))
    }

    func current(_ from: State, at time: Double) -> Double {
        from.current * exp(-(time - from.time) / model.synapticTimeConstant)
    }

    /// Spike times until `end`; crossings are bracketed on a grid of `resolution` ms.
    func spikes(from start: State, until end: Double, resolution: Double = 1e-3) -> [Spike] {
        var state = start
        var spikes: [Spike] = []
        var pending = inputs[...]
        while state.time < end {
            let horizon = min(end, pending.first?.time ?? end)
            if let time = firstCrossing(state, until: horizon, resolution: resolution) {
                let speed = model.slope(voltage: model.threshold, current: current(state, at: time))
                spikes.append(Spike(time: time, crossingSpeed: speed))
                state = State(time: time, voltage: model.reset, current: current(state, at: time))
            } else {
                state = State(
                    time: horizon, voltage: voltage(state, at: horizon), current: current(state, at: horizon))
                if let input = pending.popFirst() { state.current += input.weight }
            }
        }
        return spikes
    }

    private func firstCrossing(_ state: State, until end: Double, resolution: Double) -> Double? {
        var low = state.time
        while low < end {
            let high = min(low + resolution, end)
            if voltage(state, at: high) >= model.threshold { return brent(state, low, high) }
            low = high
        }
        return nil
    }

    func brent(_ state: State, _ low: Double, _ high: Double) -> Double {
        let solver = gsl_root_fsolver_alloc(cgsl_root_fsolver_brent())
        defer { gsl_root_fsolver_free(solver) }
        final class Box {
            let value: (Double) -> Double
            init(_ value: @escaping (Double) -> Double) { self.value = value }
        }
        let box = Box { voltage(state, at: $0) - model.threshold }
        var function = gsl_function(
            function: { time, box in Unmanaged<Box>.fromOpaque(box!).takeUnretainedValue().value(time) },
            params: Unmanaged.passUnretained(box).toOpaque())
        return withExtendedLifetime(box) {
            withUnsafeMutablePointer(to: &function) { function in
                guard gsl_root_fsolver_set(solver, function, low, high) == 0 else { return high }
                for _ in 0..<200 {
                    gsl_root_fsolver_iterate(solver)
                    let (a, b) = (gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver))
                    if b - a <= 2 * b.ulp { break }
                }
                return gsl_root_fsolver_root(solver)
            }
        }
    }
}
