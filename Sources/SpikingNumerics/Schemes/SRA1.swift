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

    let increments: WienerIncrements
    let step, membraneRate, synapticRate, noiseStrength, drift: Double

    public init(model: CurrentLIF, step: Double) {
        increments = WienerIncrements(model)
        self.step = step
        membraneRate = 1 / model.membraneTimeConstant
        synapticRate = 1 / model.synapticTimeConstant
        noiseStrength = model.noiseStrength
        drift = model.restingPotential * membraneRate + model.drive
    }

    @inline(__always)
    public func advance(_ state: inout LaneState, noise: CellNoise) {
        let (v, i) = (state.voltage, state.current)
        let slope = drift - membraneRate * v + i
        let decay = -synapticRate * i
        let stageVoltage = v + (0.75 * step) * slope
        let stageCurrent =
            i + (0.75 * step) * decay + (1.5 * noiseStrength / step) * increments.timeIntegral(noise)
        let stageSlope = drift - membraneRate * stageVoltage + stageCurrent
        state.voltage = v + (step / 3) * (slope + 2 * stageSlope)
        state.current =
            i + (step / 3) * (decay - 2 * synapticRate * stageCurrent)
            + noiseStrength * increments.increment(noise)
    }

    public func voltageDecay(after elapsed: Double) -> Double {
        let z = elapsed * membraneRate
        return 1 - z + z * z / 2
    }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        let z = elapsed * synapticRate
        return (elapsed - elapsed * elapsed * (synapticRate + membraneRate) / 2, 1 - z + z * z / 2)
    }
}
