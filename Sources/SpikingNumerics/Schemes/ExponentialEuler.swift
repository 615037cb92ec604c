#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Exponential Euler: each equation is solved exactly with the other variable held at the start of the step, and the
/// noise is added after it,
///
///     V' = V_∞(I) + e^{-h/τ_m} (V - V_∞(I)),  V_∞(I) = E_L + τ_m (μ + I),      I' = e^{-h/τ_s} I + σ ΔW.
///
/// This is what simulators do that integrate each state variable by its own exponential.
///
/// Source: M. Hochbruck, A. Ostermann, Acta Numerica 19 (2010), doi:10.1017/S0962492910000048, for the drift; noise as in
/// Euler and Maruyama's scheme, whose orders it shares.
public struct ExponentialEuler: Scheme {
    public static let name = "exponential-euler"
    public static let declaredOrder = DeclaredOrder(
        strong: 1, weak: 1, source: "Hochbruck & Ostermann 2010, doi:10.1017/S0962492910000048")

    let increments: WienerIncrements
    let model: CurrentLIF
    let voltageFactor, currentFactor, gain, offset, noiseStrength: Double

    public init(model: CurrentLIF, step: Double) {
        increments = WienerIncrements(model)
        self.model = model
        voltageFactor = model.voltageDecay(step)
        currentFactor = model.currentDecay(step)
        gain = model.driveResponse(step)
        offset = model.asymptoticPotential * (1 - voltageFactor)
        noiseStrength = model.noiseStrength
    }

    @inline(__always)
    public func advance(_ state: inout LaneState, noise: CellNoise) {
        let (v, i) = (state.voltage, state.current)
        state.voltage = offset + voltageFactor * v + gain * i
        state.current = currentFactor * i + noiseStrength * increments.increment(noise)
    }

    public func voltageDecay(after elapsed: Double) -> Double { model.voltageDecay(elapsed) }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        (model.driveResponse(elapsed), model.currentDecay(elapsed))
    }
}
