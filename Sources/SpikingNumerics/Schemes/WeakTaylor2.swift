/// The order-2 weak Taylor scheme for additive noise: the Itô-Taylor expansion to h², with ΔZ,
///
///     X' = X + h f + g ΔW + A g ΔZ + h²/2 A f,      X = (V, I), g = (0, σ), A = ∂f/∂X,
///
/// which for a linear drift is also the strong scheme of order 1.5.
///
/// Source: P. E. Kloeden, E. Platen, "Numerical Solution of Stochastic Differential Equations", Springer 1992,
/// doi:10.1007/978-3-662-12616-5, chapters 14.2 and 10.4.
public struct WeakTaylor2: Scheme {
    public static let name = "weak-taylor-2"
    public static let declaredOrder = DeclaredOrder(
        strong: 1.5, weak: 2, source: "Kloeden & Platen 1992, ch. 14.2, doi:10.1007/978-3-662-12616-5")

    let equation: LinearEquation
    let step: Double

    public init(model: CurrentLIF, step: Double) {
        equation = LinearEquation(model)
        self.step = step
    }

    @inline(__always)
    public func advance(_ state: inout LaneState, noise: CellNoise) {
        let (v, i) = (state.voltage, state.current)
        let integral = equation.noiseStrength * equation.increments.timeIntegral(noise)
        let (voltageDrift, currentDrift) = (equation.voltageDrift(v, i), equation.currentDrift(i))
        let half = 0.5 * step * step
        // A = ((-1/τ_m, 1), (0, -1/τ_s))
        state.voltage =
            v + step * voltageDrift + integral
            + half * (currentDrift - equation.membraneRate * voltageDrift)
        state.current =
            i + step * currentDrift + equation.noiseStrength * equation.increments.increment(noise)
            - equation.synapticRate * integral - (half * equation.synapticRate) * currentDrift
    }

    public func voltageDecay(after elapsed: Double) -> Double { equation.voltageDecay(after: elapsed) }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        equation.synapticResponse(after: elapsed)
    }
}
