/// The neuron's equation between spikes, dX = f(X) dt + g dW with X = (V, I), as general schemes see it: a drift they may
/// evaluate anywhere, and the increments of the noise.
struct LinearEquation: Sendable {
    let increments: WienerIncrements
    let membraneRate, synapticRate: Double
    /// g = (0, σ).
    let noiseStrength: Double
    private let offset: Double

    init(_ model: CurrentLIF) {
        increments = WienerIncrements(model)
        membraneRate = 1 / model.membraneTimeConstant
        synapticRate = 1 / model.synapticTimeConstant
        noiseStrength = model.noiseStrength
        offset = model.restingPotential * membraneRate + model.drive
    }

    /// f_V = -(V - E_L)/τ_m + μ + I.
    @inline(__always)
    func voltageDrift(_ voltage: Lanes, _ current: Lanes) -> Lanes {
        offset - membraneRate * voltage + current
    }

    /// f_I = -I/τ_s.
    @inline(__always)
    func currentDrift(_ current: Lanes) -> Lanes { -synapticRate * current }

    /// e^{-u/τ_m} to second order in u.
    func voltageDecay(after elapsed: Double) -> Double {
        let z = elapsed * membraneRate
        return 1 - z + z * z / 2
    }

    /// (K(u), e^{-u/τ_s}) to second order in u.
    func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
        let z = elapsed * synapticRate
        return (elapsed - elapsed * elapsed * (synapticRate + membraneRate) / 2, 1 - z + z * z / 2)
    }
}
