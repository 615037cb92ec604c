/// The right-hand side between spikes and without noise, f(V, I) = (-(V - E_L)/τ_m + μ + I, -I/τ_s), and its Jacobian, a
/// constant matrix.
struct Drift {
    let membraneRate, synapticRate, constant: Double

    init(model: CurrentLIF) {
        membraneRate = 1 / model.membraneTimeConstant
        synapticRate = 1 / model.synapticTimeConstant
        constant = model.restingPotential * membraneRate + model.drive
    }

    /// f(V, I).
    @inline(__always)
    func callAsFunction(_ v: Lanes, _ i: Lanes) -> (voltage: Lanes, current: Lanes) {
        (constant - membraneRate * v + i, -synapticRate * i)
    }

    /// The Jacobian of f, applied to a direction.
    @inline(__always)
    func derivative(_ direction: (voltage: Lanes, current: Lanes)) -> (voltage: Lanes, current: Lanes) {
        (direction.current - membraneRate * direction.voltage, -synapticRate * direction.current)
    }

    // MARK: A second-order step of length u without noise

    /// 1 - u/τ_m + (u/τ_m)²/2, what it leaves of a difference in V.
    func secondOrderVoltageDecay(_ u: Double) -> Double {
        1 - u * membraneRate * (1 - 0.5 * u * membraneRate)
    }

    /// (u - u² (1/τ_m + 1/τ_s)/2, 1 - u/τ_s + (u/τ_s)²/2), what it makes of a unit of I.
    func secondOrderSynapticResponse(_ u: Double) -> (voltage: Double, current: Double) {
        (
            u * (1 - 0.5 * u * (membraneRate + synapticRate)),
            1 - u * synapticRate * (1 - 0.5 * u * synapticRate)
        )
    }
}
