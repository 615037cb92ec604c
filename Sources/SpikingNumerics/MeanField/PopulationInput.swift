/// What a neuron of a population receives, as a drive and the strength of noise about it.
struct PopulationInput: Hashable, Sendable {
    /// μ in V-units/ms.
    var mean = 0.0
    /// σ² of what makes V jump, in V-units²/ms.
    var white = 0.0
    /// σ² of what passes the synapses' filter, in V-units²/ms.
    var filtered = 0.0

    static func + (one: PopulationInput, other: PopulationInput) -> PopulationInput {
        PopulationInput(
            mean: one.mean + other.mean, white: one.white + other.white,
            filtered: one.filtered + other.filtered)
    }

    /// - Parameter rate: Of all that this is one spike of, in 1/ms.
    static func * (rate: Double, one: PopulationInput) -> PopulationInput {
        PopulationInput(mean: rate * one.mean, white: rate * one.white, filtered: rate * one.filtered)
    }

    /// What one jump a millisecond amounts to: Campbell's theorem.
    ///
    /// A jump of I brings V as much as one of V that is τ_s times as high, and one of a receptor what the integral of its current says.
    init(jump: Network.Jump, height: Double, model: NeuronModel) {
        switch jump {
        case .voltage: (mean, white) = (height, height * height)
        case .current:
            let filter = model.synapticTimeConstant
            (mean, filtered) = (height * filter, height * height * filter * filter)
        case .receptor(let k):
            let filter = model.receptors[Int(k)].area
            (mean, filtered) = (height * filter, height * height * filter * filter)
        case .drive: preconditionFailure("a held input has no rate")
        }
    }

    init(mean: Double = 0, white: Double = 0, filtered: Double = 0) {
        (self.mean, self.white, self.filtered) = (mean, white, filtered)
    }
}
