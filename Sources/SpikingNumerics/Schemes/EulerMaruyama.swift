/// Euler and Maruyama's scheme,
///
///     V' = V + h (-(V - E_L)/τ_m + μ + I),      I' = I - h I/τ_s + σ ΔW.
///
/// Source: P. E. Kloeden, E. Platen, "Numerical Solution of Stochastic Differential Equations", Springer 1992,
/// doi:10.1007/978-3-662-12616-5, chapter 10.2; additive noise lifts the strong order from 1/2 to 1.
public struct EulerMaruyama: Scheme {
    public static let name = "euler-maruyama"
    public static let declaredOrder = DeclaredOrder(
        strong: 1, weak: 1, source: "Kloeden & Platen 1992, ch. 10.2, doi:10.1007/978-3-662-12616-5")

    let equation: LinearEquation
    let step: Double

    public init(model: CurrentLIF, step: Double) {
        equation = LinearEquation(model)
        self.step = step
    }

    @inline(__always)
    public func advance(_ state: inout LaneState, noise: CellNoise) {
        let (v, i) = (state.voltage, state.current)
        state.voltage = v + step * equation.voltageDrift(v, i)
        state.current =
            i + step * equation.currentDrift(i)
            + equation.noiseStrength * equation.increments.increment(noise)
    }

    public func voltageDecay(after elapsed: Double) -> Double { 1 - elapsed * equation.membraneRate }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        (elapsed, 1 - elapsed * equation.synapticRate)
    }
}
