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
        let kick = noiseStrength * increments.increment(noise)
        let slope = drift - membraneRate * v + i
        let decay = -synapticRate * i
        let predictedVoltage = v + step * slope
        let predictedCurrent = i + step * decay + kick
        state.voltage =
            v + (0.5 * step) * (slope + (drift - membraneRate * predictedVoltage + predictedCurrent))
        state.current = i + (0.5 * step) * (decay - synapticRate * predictedCurrent) + kick
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
