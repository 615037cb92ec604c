/// The exact solution of the linear equations between spikes,
///
///     I' = e^{-h/τ_s} I + σ N_I,      V' = V_∞ + e^{-h/τ_m} (V - V_∞) + K(h) I + σ N_V,
///
/// with N_I and N_V the noise that the Brownian path really exerts in the step; where the noise acts on V, that is
/// N_V = ∫ e^{-(h-s)/τ_m} dW_s.  What error there is comes from spikes.
///
/// Source: S. Rotter, M. Diesmann, Biol. Cybern. 81 (1999), doi:10.1007/s004220050570, with the noise added.
public struct ExactPropagator: Scheme {
    public static let name = "exact-propagator"
    public static let declaredOrder = DeclaredOrder(
        strong: nil, weak: nil, source: "Rotter & Diesmann 1999, doi:10.1007/s004220050570")
    public static let noise = NoiseContent.propagation

    let model: NeuronModel
    let voltageFactor, currentFactor, coupling, offset, currentNoise, voltageNoise: Double

    public static func refusal(_ model: NeuronModel) -> String? {
        model.nonlinearity == nil ? nil : "a nonlinear neuron has no exact solution in closed form"
    }

    public init(model: NeuronModel, step: Double) {
        self.model = model
        voltageFactor = model.voltageDecay(step)
        currentFactor = model.currentDecay(step)
        coupling = model.synapticKernel(step)
        // Not V_∞ (1 - e^{-h/τ_m}), which for a long τ_m is a large number times a rounded small one.
        offset = model.constantDrift * model.driveResponse(step)
        currentNoise = model.currentNoise
        voltageNoise = model.voltageNoise
    }

    @inline(__always)
    public func advance(_ state: inout LaneState, noise: CellNoise) {
        let (v, i) = (state.voltage, state.current)
        state.voltage =
            offset + voltageFactor * v + coupling * i + (currentNoise * noise.n1 + voltageNoise * noise.n0)
        state.current = currentFactor * i + currentNoise * noise.n0
    }

    public func voltageDecay(after elapsed: Double) -> Double { model.voltageDecay(elapsed) }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        (model.synapticKernel(elapsed), model.currentDecay(elapsed))
    }

    public static func receptorStep(_ rates: ReceptorRates, after elapsed: Double) -> ReceptorStep? {
        .exact(rates, elapsed)
    }
}
