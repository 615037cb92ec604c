/// Drift-implicit Euler: the drift is taken at the end of the step, where the linear equations can be solved for it,
///
///     I' = (I + σ ΔW) / (1 + h/τ_s),      V' = (V + h (E_L/τ_m + μ + I')) / (1 + h/τ_m).
///
/// Source: P. E. Kloeden, E. Platen, "Numerical Solution of Stochastic Differential Equations", Springer 1992,
/// doi:10.1007/978-3-662-12616-5, chapter 12.2.
public struct SemiImplicitEuler: Scheme {
    public static let name = "semi-implicit-euler"
    public static let declaredOrder = DeclaredOrder(
        strong: 1, weak: 1, source: "Kloeden & Platen 1992, ch. 12.2, doi:10.1007/978-3-662-12616-5")

    let increments: WienerIncrements
    let step, voltageFactor, currentFactor, membraneRate, synapticRate, noiseStrength, drift: Double

    public init(model: CurrentLIF, step: Double) {
        increments = WienerIncrements(model)
        self.step = step
        membraneRate = 1 / model.membraneTimeConstant
        synapticRate = 1 / model.synapticTimeConstant
        voltageFactor = 1 / (1 + step * membraneRate)
        currentFactor = 1 / (1 + step * synapticRate)
        noiseStrength = model.noiseStrength
        drift = model.restingPotential * membraneRate + model.drive
    }

    @inline(__always)
    public func advance(_ state: inout LaneState, noise: CellNoise) {
        state.current = currentFactor * (state.current + noiseStrength * increments.increment(noise))
        state.voltage = voltageFactor * (state.voltage + step * (drift + state.current))
    }

    public func voltageDecay(after elapsed: Double) -> Double { 1 / (1 + elapsed * membraneRate) }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        let current = 1 / (1 + elapsed * synapticRate)
        return (elapsed * current * voltageDecay(after: elapsed), current)
    }
}
