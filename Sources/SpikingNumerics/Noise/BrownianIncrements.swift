/// The increments of Stratonovich-Taylor and Runge-Kutta schemes, taken from the functionals of a cell:
///
///     ΔW = ∫ dW_s = X_0 + X_1/τ_s + X_2/(τ_s τ_m)
///     ΔZ = ∫ (h-s) dW_s = X_1 + (1/τ_s + 1/τ_m) X_2 + X_3/(τ_s τ_m)
///
/// (see ``LinearFunctionals``).  ΔZ = ∫_0^h ∫_0^s dW_u ds is I_(1,0) in the notation of Kloeden and Platen and of Rößler.
public struct BrownianIncrements: Sendable {
    let synapticRate, sumOfRates, productOfRates: Double

    public init(model: CurrentLIF) {
        let membraneRate = 1 / model.membraneTimeConstant
        synapticRate = 1 / model.synapticTimeConstant
        sumOfRates = synapticRate + membraneRate
        productOfRates = synapticRate * membraneRate
    }

    /// ΔW.
    @inline(__always)
    public func increment(_ noise: CellNoise) -> Lanes {
        noise.n0 + synapticRate * noise.n1 + productOfRates * noise.n2
    }

    /// ΔZ.
    @inline(__always)
    public func integral(_ noise: CellNoise) -> Lanes {
        noise.n1 + sumOfRates * noise.n2 + productOfRates * noise.n3
    }
}
