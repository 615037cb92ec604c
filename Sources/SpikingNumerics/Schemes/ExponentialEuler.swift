#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The exponential Euler scheme: each equation is linear in its own variable and is solved exactly for it, noise
/// included, with the other variable frozen at its value at the start of the step,
///
///     I' = e^{-h/τ_s} I + σ N_I,      V' = V_∞ + e^{-h/τ_m} (V - V_∞) + τ_m (1 - e^{-h/τ_m}) I,
///
/// where N_I = ∫ e^{-(h-s)/τ_s} dW_s is the noise that the Brownian path really exerts on I, as in Jentzen and Kloeden's
/// scheme and in Gillespie's exact update of the Ornstein-Uhlenbeck process (doi:10.1103/PhysRevE.54.2084).  Others add
/// σ ΔW or e^{-h/τ_s} σ ΔW in its place, which costs I its exactness; Brian2's method of this name takes no noise at all.
///
/// Where the noise acts on V, the same is done to V.  A nonlinear part of dV/dt is frozen, too.
///
/// I has no error.  V takes no noise in the step in which I receives it: V' misses σ N_V and the decay of I, which is
/// what makes it of order 1.
///
/// Source: A. Jentzen, P. E. Kloeden, Proc. R. Soc. A 465 (2009), doi:10.1098/rspa.2008.0325.
public struct ExponentialEuler: Scheme {
    public static let name = "exponential-euler"
    public static let declaredOrder = DeclaredOrder(
        strong: 1, weak: 1, source: "Jentzen & Kloeden 2009, doi:10.1098/rspa.2008.0325")
    public static let noise = NoiseContent.propagation

    let model: NeuronModel
    let drift: Drift
    let voltageFactor, currentFactor, coupling, offset, currentNoise, voltageNoise: Double

    public init(model: NeuronModel, step: Double) {
        self.model = model
        drift = Drift(model: model)
        voltageFactor = model.voltageDecay(step)
        currentFactor = model.currentDecay(step)
        coupling = model.driveResponse(step)
        offset = model.constantDrift * coupling
        currentNoise = model.currentNoise
        voltageNoise = model.voltageNoise
    }

    @inline(__always)
    public func advance(_ state: inout LaneState, noise: CellNoise) {
        let (v, i) = (state.voltage, state.current)
        state.voltage =
            offset + voltageFactor * v + coupling * (i + drift.nonlinearPart(v)) + voltageNoise * noise.n0
        state.current = currentFactor * i + currentNoise * noise.n0
    }

    public func voltageDecay(after elapsed: Double) -> Double { model.voltageDecay(elapsed) }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        (model.driveResponse(elapsed), model.currentDecay(elapsed))
    }

    public static func receptorStep(_ rates: ReceptorRates, after elapsed: Double) -> ReceptorStep? {
        .frozen(rates, elapsed)
    }
}
