/// The order-2 weak Taylor scheme: with X = (V, I), its drift f with the Jacobian f', and g = (0, σ), or (σ, 0) where the
/// noise acts on V,
///
///     X' = X + h f(X) + h²/2 (f' f(X) + ½ σ² ∂²f/∂V²) + g ΔW + f' g ΔZ,
///
/// where the second derivative counts for nonlinear neurons with noise in V only, and the terms with derivatives of g being absent.  ΔZ is the true integral of the path, not h ΔW/2 as in the simplified
/// scheme (which for a linear drift is Heun's), so for additive and linear noise nothing tells it from the Taylor scheme
/// of strong order 1.5 (chapter 10.4).  Here V and I reach strong order 2: the first term left out,
/// f' f' g ∫(h-s)²/2 dW_s, has size h^{5/2} and mean zero.
///
/// Source: P. E. Kloeden, E. Platen, "Numerical Solution of Stochastic Differential Equations", Springer 1992,
/// doi:10.1007/978-3-662-12616-5, chapter 14.2.
public struct WeakTaylor2: Scheme {
    public static let name = "weak-taylor-2"
    public static let declaredOrder = DeclaredOrder(
        strong: 1.5, weak: 2,
        source: "Kloeden & Platen 1992, ch. 14.2 and 10.4, doi:10.1007/978-3-662-12616-5")
    public static let noise = NoiseContent.integrals

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
        let slope = drift(v, i)
        let (bend, second) = drift.nonlinearDerivatives(v)
        let decay = bend - drift.leakRate
        let (increment, integral) = (brownian.increment(noise), brownian.integral(noise))
        let curvatureV =
            decay * slope.voltage + slope.current + 0.5 * voltageNoise * voltageNoise * second
        let curvatureI = -drift.synapticRate * slope.current
        state.voltage =
            v + step * (slope.voltage + 0.5 * step * curvatureV)
            + (voltageNoise * increment + (voltageNoise * decay + currentNoise) * integral)
        state.current =
            i + step * (slope.current + 0.5 * step * curvatureI)
            + currentNoise * (increment - drift.synapticRate * integral)
    }

    public func voltageDecay(after elapsed: Double) -> Double { drift.secondOrderVoltageDecay(elapsed) }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        drift.secondOrderSynapticResponse(elapsed)
    }

    public static func receptorStep(_ rates: ReceptorRates, after elapsed: Double) -> ReceptorStep? {
        .secondOrder(rates, elapsed)
    }
}
