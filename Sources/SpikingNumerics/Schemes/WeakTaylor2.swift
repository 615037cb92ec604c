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
        let integral = noiseStrength * increments.timeIntegral(noise)
        let half = 0.5 * step * step
        state.voltage = v + step * slope + integral + half * (decay - membraneRate * slope)
        state.current =
            i + step * decay + noiseStrength * increments.increment(noise)
            - synapticRate * integral - (half * synapticRate) * decay
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
