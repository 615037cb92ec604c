/// The right-hand side between spikes and without noise, f(V, I) = (-(V - E_L)/τ_m + μ + I + N(V), -I/τ_s), where N is the
/// model's nonlinearity, and its derivatives.
struct Drift {
    let leakRate, synapticRate, constant: Double
    let isNonlinear: Bool
    let nonlinearity: Nonlinearity

    init(model: NeuronModel) {
        leakRate = model.leakRate
        synapticRate = 1 / model.synapticTimeConstant
        constant = model.constantDrift
        isNonlinear = model.nonlinearity != nil
        nonlinearity = model.nonlinearity ?? Nonlinearity(.polynomial(coefficients: []))
    }

    /// f(V, I).
    @inline(__always)
    func callAsFunction(_ v: Lanes, _ i: Lanes) -> (voltage: Lanes, current: Lanes) {
        (voltage(v, i), -synapticRate * i)
    }

    /// dV/dt at (V, I).
    @inline(__always)
    func voltage(_ v: Lanes, _ i: Lanes) -> Lanes {
        let linear = constant - leakRate * v + i
        return isNonlinear ? linear + nonlinearity.values(v) : linear
    }

    /// N(V).
    @inline(__always)
    func nonlinearPart(_ v: Lanes) -> Lanes { isNonlinear ? nonlinearity.values(v) : .zero }

    /// N'(V) and N''(V).
    @inline(__always)
    func nonlinearDerivatives(_ v: Lanes) -> (first: Lanes, second: Lanes) {
        guard isNonlinear else { return (.zero, .zero) }
        let jets = nonlinearity.jets(v)
        return (jets.first, jets.second)
    }

    /// Where V + u dV/dt ≥ `height`, without nonlinearity.
    func reaches(_ height: Double, after u: Double) -> CrossingTest.HalfPlane {
        CrossingTest.HalfPlane(voltage: 1 - u * leakRate, current: u, bound: height - u * constant)
    }

    // MARK: A second-order step of length u without noise and nonlinearity

    /// 1 - u/τ_m + (u/τ_m)²/2, what it leaves of a difference in V.
    func secondOrderVoltageDecay(_ u: Double) -> Double {
        1 - u * leakRate * (1 - 0.5 * u * leakRate)
    }

    /// (u - u² (1/τ_m + 1/τ_s)/2, 1 - u/τ_s + (u/τ_s)²/2), what it makes of a unit of I.
    func secondOrderSynapticResponse(_ u: Double) -> (voltage: Double, current: Double) {
        (
            u * (1 - 0.5 * u * (leakRate + synapticRate)),
            1 - u * synapticRate * (1 - 0.5 * u * synapticRate)
        )
    }
}
