/// What the error of a measure is naturally compared with: what 1 % of it is 1 % of.
public enum NaturalSize: Hashable, Sendable {
    /// V_th - V_r, the smallest among the neurons.
    case resetHeight
    /// Spikes per neuron until T, of the reference.
    case spikeCount
    /// Spikes per neuron and ms, of the reference.
    case firingRate
    /// Mean time between spikes of a neuron, of the reference.
    case interval
    /// The measure is a probability, or of another kind that is of the order of 1 where nothing agrees.
    case one
}
