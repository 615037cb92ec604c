/// Rößler's stochastic Runge-Kutta scheme SRA1 for additive noise, strong order 1.5, from ΔW and ΔZ,
///
///     H = X + 3/4 h f(X) + 3/2 g ΔZ/h,      X' = X + h (1/3 f(X) + 2/3 f(H)) + g ΔW,      X = (V, I), g = (0, σ),
///
/// with f the drift and ΔZ = ∫(h-s) dW_s.
///
/// Source: A. Rößler, SIAM J. Numer. Anal. 48 (2010), doi:10.1137/09076636X.
public struct SRA1: Scheme {
    public static let name = "sra1"
    public static let declaredOrder = DeclaredOrder(
        strong: 1.5, weak: 2, source: "Rößler 2010, doi:10.1137/09076636X")

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
        let stageVoltage = v + (0.75 * step) * voltageDrift
        let stageCurrent = i + (0.75 * step) * currentDrift + (1.5 / step) * integral
        state.voltage =
            v + (step / 3) * (voltageDrift + 2 * equation.voltageDrift(stageVoltage, stageCurrent))
        state.current =
            i + (step / 3) * (currentDrift + 2 * equation.currentDrift(stageCurrent))
            + equation.noiseStrength * equation.increments.increment(noise)
    }

    public func voltageDecay(after elapsed: Double) -> Double { equation.voltageDecay(after: elapsed) }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        equation.synapticResponse(after: elapsed)
    }
}
