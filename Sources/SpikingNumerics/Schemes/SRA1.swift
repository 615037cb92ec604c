/// Rößler's stochastic Runge-Kutta scheme SRA1 for additive noise, two stages and the integral ΔZ of the noise: with
/// X = (V, I) and its drift f,
///
///     H = X + 3/4 h f(X) + 3/2 (0, σ ΔZ/h),      X' = X + h (1/3 f(X) + 2/3 f(H)) + (0, σ ΔW),
///
/// with the noise in V where it acts on it.  The further weights of ΔZ in X' sum to zero where σ does not depend on time.  The weak order is 2, because the moments of
/// a step are those of the weak Taylor scheme up to terms in h³.  Strong order 1.5 is the general one; a leaky neuron's V and I
/// reach 2, because what each step gets wrong by h² has the second derivatives of the drift as a factor, and the drift is
/// linear.  What remains has size h^{5/2} and mean zero.  By the same linearity its steps are those of the order-2 weak
/// Taylor scheme up to rounding.
///
/// Source: A. Rößler, SIAM J. Numer. Anal. 48 (2010), doi:10.1137/09076636X.
public struct SRA1: Scheme {
    public static let name = "sra1"
    public static let declaredOrder = DeclaredOrder(
        strong: 1.5, weak: 2, source: "Rößler 2010, doi:10.1137/09076636X")
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
        let increment = brownian.increment(noise)
        let mean = (1.5 / step) * brownian.integral(noise)
        let first = drift(v, i)
        let second = drift(
            v + 0.75 * step * first.voltage + voltageNoise * mean,
            i + 0.75 * step * first.current + currentNoise * mean)
        state.voltage =
            v + (step / 3) * (first.voltage + 2 * second.voltage) + voltageNoise * increment
        state.current =
            i + (step / 3) * (first.current + 2 * second.current) + currentNoise * increment
    }

    public func voltageDecay(after elapsed: Double) -> Double { drift.secondOrderVoltageDecay(elapsed) }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        drift.secondOrderSynapticResponse(elapsed)
    }

    public static func receptorStep(_ rates: ReceptorRates, after elapsed: Double) -> ReceptorStep? {
        .secondOrder(rates, elapsed)
    }
}
