#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Lie's splitting: the leak by itself exactly, then drive, current and noise by Euler's step,
///
///     V' = E_L + e^{-h/τ_m} (V - E_L) + h (μ + I) + σ ΔW,      I' = e^{-h/τ_s} I + σ ΔW
///
/// with σ ΔW where the noise acts.  What programs do that multiply V by a decay and add what comes in: input and noise of a step
/// have not leaked at its end, so that a constant drive acts as one larger by h/2τ_m.
///
/// Source: R. I. McLachlan, G. R. W. Quispel, Acta Numer. 11 (2002), doi:10.1017/S0962492902000053, section 2.
public struct LieSplitting: Scheme {
    public static let name = "lie-splitting"
    public static let declaredOrder = DeclaredOrder(
        strong: 1, weak: 1, source: "McLachlan & Quispel 2002, doi:10.1017/S0962492902000053")
    public static let noise = NoiseContent.increments

    let model: NeuronModel
    let drift: Drift
    let brownian: BrownianIncrements
    let step, voltageFactor, currentFactor, offset, currentNoise, voltageNoise: Double

    public init(model: NeuronModel, step: Double) {
        self.model = model
        self.step = step
        drift = Drift(model: model)
        brownian = BrownianIncrements(model: model)
        voltageFactor = model.voltageDecay(step)
        currentFactor = model.currentDecay(step)
        offset = -expm1(-step * model.leakRate) * model.restingPotential + step * model.drive
        currentNoise = model.currentNoise
        voltageNoise = model.voltageNoise
    }

    @inline(__always)
    public func advance(_ state: inout LaneState, noise: CellNoise) {
        let (v, i) = (state.voltage, state.current)
        let increment = brownian.increment(noise)
        state.voltage =
            offset + voltageFactor * v + step * (i + drift.nonlinearPart(v)) + voltageNoise * increment
        state.current = currentFactor * i + currentNoise * increment
    }

    public func voltageDecay(after elapsed: Double) -> Double { model.voltageDecay(elapsed) }

    public func driveResponse(_ model: NeuronModel, after elapsed: Double) -> Double { elapsed }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        (elapsed, model.currentDecay(elapsed))
    }

    public static func receptorStep(_ rates: ReceptorRates, after elapsed: Double) -> ReceptorStep? {
        .split(rates, elapsed)
    }
}
