/// Heun's predictor-corrector for additive noise: the drift f averaged over the start and Euler and Maruyama's end of the
/// step,
///
///     Y = X + h f(X) + g ΔW,      X' = X + h/2 (f(X) + f(Y)) + g ΔW,      X = (V, I), g = (0, σ).
///
/// The corrector sees ΔW as if it came evenly over the step, so that V gains h σ ΔW/2 where it should gain σ ΔZ.
///
/// Source: P. E. Kloeden, E. Platen, "Numerical Solution of Stochastic Differential Equations", Springer 1992,
/// doi:10.1007/978-3-662-12616-5, chapter 15.5; strong order 1, weak order 2 for additive noise.
public struct Heun: Scheme {
    public static let name = "heun"
    public static let declaredOrder = DeclaredOrder(
        strong: 1, weak: 2, source: "Kloeden & Platen 1992, ch. 15.5, doi:10.1007/978-3-662-12616-5")

    let equation: LinearEquation
    let step: Double

    public init(model: CurrentLIF, step: Double) {
        equation = LinearEquation(model)
        self.step = step
    }

    @inline(__always)
    public func advance(_ state: inout LaneState, noise: CellNoise) {
        let (v, i) = (state.voltage, state.current)
        let kick = equation.noiseStrength * equation.increments.increment(noise)
        let (voltageDrift, currentDrift) = (equation.voltageDrift(v, i), equation.currentDrift(i))
        let (predictedVoltage, predictedCurrent) = (v + step * voltageDrift, i + step * currentDrift + kick)
        state.voltage =
            v
            + (0.5 * step) * (voltageDrift + equation.voltageDrift(predictedVoltage, predictedCurrent))
        state.current = i + (0.5 * step) * (currentDrift + equation.currentDrift(predictedCurrent)) + kick
    }

    public func voltageDecay(after elapsed: Double) -> Double { equation.voltageDecay(after: elapsed) }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        equation.synapticResponse(after: elapsed)
    }
}
