import SpikingNumerics

/// The trapezoidal rule in both equations,
///
///     I' = I - h/τ_s (I + I')/2 + σ ΔW
///     V' = V + h (μ - (V + V')/2/τ_m + E_L/τ_m + (I + I')/2)
struct Trapezoidal: Scheme {
    static let name = "trapezoidal"
    static let declaredOrder = DeclaredOrder(
        strong: 1, weak: 2, source: "Kloeden & Platen 1992, ch. 12.2 and 15.4, doi:10.1007/978-3-662-12616-5")

    static func refusal(_ model: NeuronModel) -> String? {
        if model.voltageNoise > 0 { return "this scheme is for noise in I" }
        return model.nonlinearity == nil ? nil : "a nonlinear drift would need a solver in every step"
    }

    let step, noise, drift: Double
    let leakRate, synapticRate: Double
    let increments: BrownianIncrements

    init(model: NeuronModel, step: Double) {
        self.step = step
        noise = model.currentNoise
        drift = model.constantDrift
        leakRate = model.leakRate
        synapticRate = 1 / model.synapticTimeConstant
        increments = BrownianIncrements(model: model)
    }

    func advance(_ state: inout LaneState, noise cell: CellNoise) {
        let (v, i) = (state.voltage, state.current)
        let (leak, decay) = (step * leakRate / 2, step * synapticRate / 2)
        state.current = (i * (1 - decay) + noise * increments.increment(cell)) / (1 + decay)
        state.voltage = (v * (1 - leak) + step * (drift + (i + state.current) / 2)) / (1 + leak)
    }

    func voltageDecay(after elapsed: Double) -> Double {
        (1 - elapsed * leakRate / 2) / (1 + elapsed * leakRate / 2)
    }

    func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        let current = (1 - elapsed * synapticRate / 2) / (1 + elapsed * synapticRate / 2)
        return (elapsed * (1 + current) / 2 / (1 + elapsed * leakRate / 2), current)
    }
}
