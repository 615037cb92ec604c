/// A number that describes a neuron, with what study files, solver requests, sweeps and lists have to know of it.
public struct ModelParameter: Sendable {
    /// What is measured: its unit and its bounds follow.
    public enum Quantity: Sendable {
        /// ms, positive.
        case timeConstant
        /// ms, not negative.
        case duration
        /// V-units.
        case potential
        /// V-units/ms.
        case drive
        /// V-units/ms^{3/2} in I, V-units/ms^{1/2} in V; not negative.
        case noise
    }

    /// As study files have it.
    public var name: String
    /// A few words for a list.
    public var summary: String
    public var quantity: Quantity
    /// Where a neuron keeps it.
    public var value: WritableKeyPath<NeuronModel, Double> & Sendable

    public init(
        _ name: String, _ summary: String, _ quantity: Quantity,
        _ value: WritableKeyPath<NeuronModel, Double> & Sendable
    ) {
        (self.name, self.summary, self.quantity, self.value) = (name, summary, quantity, value)
    }

    /// - Parameter entry: Where the neuron's noise enters.
    public func unit(noiseEntry entry: NeuronModel.NoiseEntry) -> String {
        switch quantity {
        case .timeConstant, .duration: "ms"
        case .potential: "V-units"
        case .drive: "V-units/ms"
        case .noise: entry == .voltage ? "V-units/ms^0.5" : "V-units/ms^1.5"
        }
    }

    public static let membraneTimeConstant = ModelParameter(
        "tau_m", "membrane time constant", .timeConstant, \.membraneTimeConstant)
    public static let synapticTimeConstant = ModelParameter(
        "tau_s", "synaptic time constant", .timeConstant, \.synapticTimeConstant)
    public static let restingPotential = ModelParameter(
        "E_L", "resting potential", .potential, \.restingPotential)
    public static let threshold = ModelParameter("V_th", "threshold", .potential, \.threshold)
    public static let reset = ModelParameter("V_r", "reset", .potential, \.reset)
    public static let drive = ModelParameter("mu", "constant drive", .drive, \.drive)
    public static let noiseStrength = ModelParameter(
        "sigma", "strength of the noise", .noise, \.noiseStrength)
    public static let refractoryPeriod = ModelParameter(
        "t_ref", "refractory period", .duration, \.refractoryPeriod)
}
