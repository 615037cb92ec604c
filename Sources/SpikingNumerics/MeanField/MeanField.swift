import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The stationary rates of a network's populations, as if all their inputs were independent and Gaussian.
///
///     ν_X = Φ(μ_X, σ_X),     μ_X = μ_ext + Σ_Y J_XY ν_Y,     σ_X² = σ_ext² + Σ_Y S_XY ν_Y
///
/// with J_XY the sum of the jumps that a neuron of X receives when every neuron of Y fires once, S_XY the sum of their squares, and
/// Φ the rate of ``SiegertRate``; a jump of I counts as one of V that is τ_s times as high.  Where all noise passes the synapses'
/// filter, threshold and reset are both raised by σ √τ_s |ζ(1/2)|/√2, the correction to first order in √(τ_s/τ_m).  Where some of
/// it is white, which then dominates at short times, nothing is raised.
///
/// Neurons of a population are taken for alike: what their numbers of inputs differ by is left out.  Time in ms, rates in 1/ms.
///
/// Source: N. Brunel, J. Comput. Neurosci. 8 (2000), doi:10.1023/A:1008925309027; the filter's correction: N. Fourcaud, N. Brunel,
/// Neural Comput. 14 (2002), doi:10.1162/089976602320264015.
public struct MeanField: Sendable {
    let populations: [MeanFieldPopulation]
    package let transfer: Transfer

    /// How a population's rate follows from what its neurons receive.
    public enum Transfer: Hashable, Sendable {
        /// Of the neuron in continuous time.
        case siegert
        /// Of a scheme that looks for spikes at multiples of h (ms) only: to first order in √h the neuron whose threshold is higher
        /// by -ζ(1/2)/√(2π) σ√h, σ being that of the white noise alone.
        ///
        /// Source: M. Broadie, P. Glasserman, S. Kou, Math. Finance 7 (1997), doi:10.1111/1467-9965.00035.
        case raisedThreshold(step: Double)
        /// The power of the drive that fits the neuron's rate best with no input but its own noise: the supralinear network.
        ///
        /// Source: Y. Ahmadian, D. B. Rubin, K. D. Miller, Neural Comput. 25 (2013), doi:10.1162/NECO_a_00472.
        case powerLaw([PowerLaw])
    }

    /// - Throws: `Refusal`.
    public init(_ problem: Problem, _ transfer: Transfer = .siegert) throws(Refusal) {
        let reasons = Self.refusals(of: problem)
        guard reasons.isEmpty else { throw Refusal(reasons: reasons) }
        (populations, self.transfer) = (MeanFieldPopulation.all(of: problem), transfer)
    }

    private init(_ populations: [MeanFieldPopulation], _ transfer: Transfer) {
        (self.populations, self.transfer) = (populations, transfer)
    }

    /// Why a problem has no mean field.
    public struct Refusal: Error, CustomStringConvertible {
        public var reasons: [String]
        public var description: String { reasons.joined(separator: "; ") }
    }

    public static func refusals(of problem: Problem) -> [String] {
        let receptors =
            problem.models.contains { !$0.receptors.isEmpty }
            ? ["thresholds can be raised for synapses that act on I or V, and not for receptors"] : []
        return MeanFieldPopulation.refusals(of: problem) + receptors
    }

    public var names: [String] { populations.map(\.name) }
    public var sizes: [Int] { populations.map(\.size) }

    /// The same populations with another transfer function.
    public func with(_ transfer: Transfer) -> MeanField { MeanField(populations, transfer) }

    /// The same network with more drive.
    ///
    /// - Parameter drive: For each population, in V-units/ms.
    public func adding(drive: [Double]) -> MeanField {
        var populations = populations
        for k in populations.indices { populations[k].external.mean += drive[k] }
        return MeanField(populations, transfer)
    }

    /// The rate of all neurons together, from those of the populations.
    public func networkRate(_ rates: [Double]) -> Double {
        let total = Double(sizes.reduce(0, +))
        return zip(rates, sizes).reduce(0) { $0 + $1.0 * Double($1.1) } / total
    }

    // MARK: One population's rate

    /// The logarithms of the rates that follow from the inputs at some rates.
    ///
    /// - Throws: `GSLError` where Siegert's integral does not converge.
    func logarithms(at rates: [Double]) throws -> [Double] {
        try populations.indices.map { k in
            try max(Self.silence, logarithm(k, populations[k].input(at: rates)))
        }
    }

    /// Below any rate that matters: one spike in 10^13 years.
    static let silence = -50.0

    private func logarithm(_ k: Int, _ input: PopulationInput) throws -> Double {
        let model = populations[k].model
        switch transfer {
        case .siegert: return try Self.siegert(model, input, raised: 0)
        case .raisedThreshold(let step):
            let raised = BoundaryCorrected.meanOvershoot * (input.white * step).squareRoot()
            return try Self.siegert(model, input, raised: raised)
        case .powerLaw(let laws): return log(laws[k](input.mean))
        }
    }

    private static func siegert(
        _ model: NeuronModel, _ input: PopulationInput, raised: Double
    ) throws -> Double {
        let noise = (input.white + input.filtered).squareRoot()
        let lifted =
            input.white > 0
            ? 0 : Self.zeta / 2.0.squareRoot() * noise * model.synapticTimeConstant.squareRoot()
        return try SiegertRate(
            membraneTimeConstant: model.membraneTimeConstant, restingPotential: model.restingPotential,
            threshold: model.threshold + lifted + raised, reset: model.reset + lifted, drive: input.mean,
            noiseStrength: noise, refractoryPeriod: model.refractoryPeriod
        ).logarithm
    }

    /// |ζ(1/2)|.
    private static let zeta = -RiemannZeta.value(0.5)
}

extension MeanField {
    /// The same populations as a supralinear network, each with the power that fits its neuron best.
    ///
    /// - Throws: `GSLError`.
    public func supralinear() throws -> MeanField {
        with(
            .powerLaw(
                try populations.map {
                    let noise = $0.external.white + $0.external.filtered
                    return try PowerLaw(fitting: $0.model, noiseStrength: noise.squareRoot())
                }))
    }
}
