/// Euler and Maruyama's scheme,
///
///     V' = V + h (-(V - E_L)/τ_m + μ + I),      I' = I - h I/τ_s + σ ΔW
///
/// or with σ ΔW in V, where the noise acts on it.
///
/// Source: P. E. Kloeden, E. Platen, "Numerical Solution of Stochastic Differential Equations", Springer 1992,
/// doi:10.1007/978-3-662-12616-5, chapter 10.2; additive noise lifts the strong order from 1/2 to 1.
public struct EulerMaruyama: Scheme {
    public static let name = "euler-maruyama"
    public static let declaredOrder = DeclaredOrder(
        strong: 1, weak: 1, source: "Kloeden & Platen 1992, ch. 10.2, doi:10.1007/978-3-662-12616-5")
    public static let noise = NoiseContent.increments

    let step, currentNoise, voltageNoise: Double
    let drift: Drift
    let brownian: BrownianIncrements

    public init(model: NeuronModel, step: Double) {
        self.step = step
        currentNoise = model.currentNoise
        voltageNoise = model.voltageNoise
        drift = Drift(model: model)
        brownian = BrownianIncrements(model: model)
    }

    @inline(__always)
    public func advance(_ state: inout LaneState, noise: CellNoise) {
        let (v, i) = (state.voltage, state.current)
        let increment = brownian.increment(noise)
        state.voltage = v + step * drift.voltage(v, i) + voltageNoise * increment
        state.current = i - (step * drift.synapticRate) * i + currentNoise * increment
    }

    public func voltageDecay(after elapsed: Double) -> Double { 1 - elapsed * drift.leakRate }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        (elapsed, 1 - elapsed * drift.synapticRate)
    }

    public static func receptorStep(_ rates: ReceptorRates, after elapsed: Double) -> ReceptorStep? {
        .firstOrder(rates, elapsed)
    }
}
