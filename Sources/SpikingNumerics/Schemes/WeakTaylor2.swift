/// The order-2 weak Taylor scheme: with X = (V, I), its drift f, linear with the constant Jacobian f', and g = (0, σ),
///
///     X' = X + h f(X) + h²/2 f' f(X) + g ΔW + f' g ΔZ,
///
/// the terms with derivatives of g being absent.  ΔZ is the true integral of the path, not h ΔW/2 as in the simplified
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

    let step, noiseStrength: Double
    let drift: Drift
    let brownian: BrownianIncrements

    public init(model: CurrentLIF, step: Double) {
        self.step = step
        noiseStrength = model.noiseStrength
        drift = Drift(model: model)
        brownian = BrownianIncrements(model: model)
    }

    @inline(__always)
    public func advance(_ state: inout LaneState, noise: CellNoise) {
        let (v, i) = (state.voltage, state.current)
        let slope = drift(v, i)
        let curvature = drift.derivative(slope)
        let spread = drift.derivative((.zero, noiseStrength * brownian.integral(noise)))
        state.voltage = v + step * (slope.voltage + 0.5 * step * curvature.voltage) + spread.voltage
        state.current =
            i + step * (slope.current + 0.5 * step * curvature.current)
            + (noiseStrength * brownian.increment(noise) + spread.current)
    }

    public func voltageDecay(after elapsed: Double) -> Double { drift.secondOrderVoltageDecay(elapsed) }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        drift.secondOrderSynapticResponse(elapsed)
    }
}
