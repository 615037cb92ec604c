/// The stochastic Heun scheme, Euler's step as predictor and the mean of two slopes as corrector: with X = (V, I) and
/// its drift f,
///
///     X~ = X + h f(X) + (0, σ ΔW),      X' = X + h/2 (f(X) + f(X~)) + (0, σ ΔW).
///
/// with σ ΔW in V where the noise acts on it.  For additive noise this is also the explicit scheme of weak order 2 of Kloeden and Platen, chapter 15.1.  The strong
/// order stays 1, for V and I alike: the step takes h ΔW/2 for the integral ΔZ of the noise, and the difference, of
/// variance h³/12, is independent from step to step.
///
/// Brian2's method of this name corrects the noise only, not the drift; for additive noise that is Euler and Maruyama's.
///
/// Sources: W. Rümelin, SIAM J. Numer. Anal. 19 (1982), doi:10.1137/0719041; P. E. Kloeden, E. Platen, "Numerical
/// Solution of Stochastic Differential Equations", Springer 1992, doi:10.1007/978-3-662-12616-5.
public struct Heun: Scheme {
    public static let name = "heun"
    public static let declaredOrder = DeclaredOrder(
        strong: 1, weak: 2,
        source:
            "Rümelin 1982, doi:10.1137/0719041; Kloeden & Platen 1992, ch. 15.1, doi:10.1007/978-3-662-12616-5"
    )
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
        let (kickV, kickI) = (voltageNoise * increment, currentNoise * increment)
        let slope = drift(v, i)
        let predicted = drift(v + step * slope.voltage + kickV, i + step * slope.current + kickI)
        state.voltage = v + 0.5 * step * (slope.voltage + predicted.voltage) + kickV
        state.current = i + 0.5 * step * (slope.current + predicted.current) + kickI
    }

    public func voltageDecay(after elapsed: Double) -> Double { drift.secondOrderVoltageDecay(elapsed) }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        drift.secondOrderSynapticResponse(elapsed)
    }

    public static func receptorStep(_ rates: ReceptorRates, after elapsed: Double) -> ReceptorStep? {
        .secondOrder(rates, elapsed)
    }
}
