import NumericalMethods

/// The discrete-time neuron of deep-learning libraries,
///
///     V' = V + (X - (V - V_reset)) / τ,        τ = τ_m/h in steps,
///
/// whose input X in a step is τ_m times what drives it, (μ + I) + σ ΔW/h; V_reset is E_L and V_r in one.  A synaptic
/// current loses I h/τ_s in a step.  With these units it is Euler and Maruyama's scheme up to rounding, and the neuron in
/// continuous time is its limit for τ → ∞ steps: a network trained with τ = 2 runs at h = τ_m/2.
///
/// Source: W. Fang et al., Sci. Adv. 9 (2023), doi:10.1126/sciadv.adi1480 (SpikingJelly's LIFNode with
/// `decay_input=True`).
public struct DiscreteTimeLIF: Scheme {
    public static let name = "discrete-time-lif"
    public static let declaredOrder = DeclaredOrder(
        strong: 1, weak: 1,
        source: "Fang et al. 2023, doi:10.1126/sciadv.adi1480; orders as of euler-maruyama")
    public static let noise = NoiseContent.increments

    let stepsOfTimeConstant, inputGain, noiseGain, synapticLoss, synapticRate, currentNoise: Double
    let restingPotential, drive: Double
    let brownian: BrownianIncrements

    public static func refusal(_ model: NeuronModel) -> String? {
        reasons(
            model.nonlinearity == nil ? nil : "the map is that of a leaky neuron",
            model.restingPotential == model.reset
                ? nil : "the map decays towards its reset, so E_L and V_r must be equal")
    }

    public init(model: NeuronModel, step: Double) {
        stepsOfTimeConstant = model.membraneTimeConstant / step
        inputGain = model.membraneTimeConstant
        noiseGain = model.membraneTimeConstant * model.voltageNoise / step
        synapticRate = 1 / model.synapticTimeConstant
        synapticLoss = step * synapticRate
        currentNoise = model.currentNoise
        restingPotential = model.restingPotential
        drive = model.drive
        brownian = BrownianIncrements(model: model)
    }

    @inline(__always)
    public func advance(_ state: inout LaneState, noise: CellNoise) {
        let (v, i) = (state.voltage, state.current)
        let increment = brownian.increment(noise)
        let input = inputGain * (drive + i) + noiseGain * increment
        state.voltage = v + (input - (v - restingPotential)) / stepsOfTimeConstant
        state.current = i - synapticLoss * i + currentNoise * increment
    }

    public func voltageDecay(after elapsed: Double) -> Double { 1 - elapsed / inputGain }

    public func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        (elapsed, 1 - elapsed * synapticRate)
    }

    public static func receptorStep(_ rates: ReceptorRates, after elapsed: Double) -> ReceptorStep? {
        .firstOrder(rates, elapsed)
    }
}
