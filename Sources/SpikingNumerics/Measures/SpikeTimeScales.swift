/// What counts as near, early or late for the spikes of a neuron: fractions of its membrane time constant, which is what
/// sets the pace at which V forgets.
public struct SpikeTimeScales: Hashable, Sendable {
    /// τ_m in ms, positive.
    public var membraneTimeConstant: Double

    public init(membraneTimeConstant: Double) {
        self.membraneTimeConstant = membraneTimeConstant
    }

    /// Spikes further apart than τ_m/4, in ms, are not the same spike.  Victor and Purpura's cost of moving a spike is 2
    /// over this.
    public var matchingWindow: Double { membraneTimeConstant / 4 }

    /// τ of van Rossum's exponentials, τ_m/4, in ms.
    public var vanRossumTimeConstant: Double { membraneTimeConstant / 4 }

    /// Δ of the coincidence factor, τ_m/40, in ms: half a millisecond for τ_m = 20 ms.
    public var coincidencePrecision: Double { membraneTimeConstant / 40 }
}
