/// The increments that schemes for general equations ask for, from the functionals of a cell.
///
///     ΔW = X_0 + X_1/τ_s + X_2/(τ_s τ_m),      ΔZ = ∫(h-s) dW_s = X_1 + (1/τ_s + 1/τ_m) X_2 + X_3/(τ_s τ_m)
///
/// ΔZ is the double integral ∫∫ dW ds over the step, with variance h³/3 and covariance h²/2 with ΔW.
struct WienerIncrements: Sendable {
    private let synapticRate, rateSum, rateProduct: Double

    init(_ model: CurrentLIF) {
        synapticRate = 1 / model.synapticTimeConstant
        rateSum = 1 / model.synapticTimeConstant + 1 / model.membraneTimeConstant
        rateProduct = 1 / (model.synapticTimeConstant * model.membraneTimeConstant)
    }

    @inline(__always)
    func increment(_ noise: CellNoise) -> Lanes {
        noise.n0 + synapticRate * noise.n1 + rateProduct * noise.n2
    }

    @inline(__always)
    func timeIntegral(_ noise: CellNoise) -> Lanes {
        noise.n1 + rateSum * noise.n2 + rateProduct * noise.n3
    }
}
