/// The increments of Stratonovich-Taylor and Runge-Kutta schemes, taken from the functionals of a cell:
///
///     ΔW = ∫ dW_s = X_0 - λ_0 X_1 + λ_0 λ_1 X_2
///     ΔZ = ∫ (h-s) dW_s = X_1 - (λ_0 + λ_1) X_2 + λ_0 λ_1 X_3
///
/// (see ``LinearFunctionals``).  ΔZ = ∫_0^h ∫_0^s dW_u ds is I_(1,0) in the notation of Kloeden and Platen and of Rößler.
public struct BrownianIncrements: Sendable {
    let firstRate, sumOfRates, productOfRates: Double

    public init(model: NeuronModel) {
        let rates = LinearFunctionals(model).rates
        firstRate = -rates[0]
        sumOfRates = -rates[0] - rates[1]
        productOfRates = rates[0] * rates[1]
    }

    /// ΔW.
    @inline(__always)
    public func increment(_ noise: CellNoise) -> Lanes {
        noise.n0 + firstRate * noise.n1 + productOfRates * noise.n2
    }

    /// ΔZ.
    @inline(__always)
    public func integral(_ noise: CellNoise) -> Lanes {
        noise.n1 + sumOfRates * noise.n2 + productOfRates * noise.n3
    }
}
