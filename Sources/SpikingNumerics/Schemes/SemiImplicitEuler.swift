/// The drift-implicit Euler scheme: the drift at the end of the step, the noise as in Euler and Maruyama's.  The
/// equations are linear, and I does not depend on V, so the end is found in closed form,
///
///     I' = (I + σ ΔW) / (1 + h/τ_s),      V' = (V + h (E_L/τ_m + μ + I')) / (1 + h/τ_m).
///
/// with σ ΔW in V's equation where the noise acts on it; a nonlinear part of dV/dt is taken at the start of the step.
/// No step is too large for its stability, which is what it is chosen for.
///
/// Source: P. E. Kloeden, E. Platen, "Numerical Solution of Stochastic Differential Equations", Springer 1992,
/// doi:10.1007/978-3-662-12616-5, chapters 12.2 and 15.4; additive noise lifts the strong order from 1/2 to 1.
public struct SemiImplicitEuler: Scheme {
    public static let name = "semi-implicit-euler"
    public static let declaredOrder = DeclaredOrder(
        strong: 1, weak: 1, source: "Kloeden & Platen 1992, ch. 12.2 and 15.4, doi:10.1007/978-3-662-12616-5")
    public static let noise = NoiseContent.increments

    let step, voltageFactor, currentFactor, currentNoise, voltageNoise: Double
    let drift: Drift
    let brownian: BrownianIncrements

    public init(model: NeuronModel, step: Double) {
        self.step = step
        drift = Drift(model: model)
        voltageFactor = 1 / (1 + step * drift.leakRate)
        currentFactor = 1 / (1 + step * drift.synapticRate)
        currentNoise = model.currentNoise
        voltageNoise = model.voltageNoise
        brownian = BrownianIncrements(model: model)
    }

    @inline(__always)
    public func advance(_ state: inout LaneState, noise: CellNoise) {
        let increment = brownian.increment(noise)
        let push = drift.constant + drift.nonlinearPart(state.voltage)
        state.current = currentFactor * (state.current + currentNoise * increment)
        state.voltage =
            voltageFactor * (state.voltage + step * (push + state.current) + voltageNoise * increment)
    }

    public func voltageDecay(after elapsed: Double) -> Double { 1 / (1 + elapsed * drift.leakRate) }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        let current = 1 / (1 + elapsed * drift.synapticRate)
        return (elapsed * current / (1 + elapsed * drift.leakRate), current)
    }

    public static func receptorStep(_ rates: ReceptorRates, after elapsed: Double) -> ReceptorStep? {
        .implicit(rates, elapsed)
    }
}
