/// Bias of how many of a neuron's spikes come together with another's, of the sum over pairs (i, j ≠ i) of neurons of
/// P(j fires within 1 ms of i's spike) times i's spikes, per neuron.
///
/// Spikes that can only be on the grid are rounded in time, so that two at a distance of up to one step more than the lag
/// may count: of order 1, and not small for a step that is not small against the lag.
public struct SynchronyBias: Measure {
    /// Spikes of two neurons no further apart than this, in ms, come together.
    public static let lag = 1.0

    public let descriptor = MeasureDescriptor(
        name: "synchrony-bias",
        summary: "bias of the number of spikes, per neuron, that another neuron's accompany within 1 ms",
        unit: "", axisLabel: "|bias of synchronous spikes|",
        sentence:
            "Signed bias of the number of a neuron's spikes that another neuron's accompany within 1 ms, averaged over "
            + "the others. Spikes on the grid are rounded in time, which makes more of them seem to come together.",
        size: .spikeCount, isSigned: true)
    public let estimate = Estimate.mean

    public init() {}

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        1 / Double(neurons)
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        let pairs = path.neurons[neurons].map(\.trains)
        let bias = Self.accompanied(pairs.map(\.second)) - Self.accompanied(pairs.map(\.first))
        let mean = bias / Double(neurons.count)
        return Sample(value: mean, square: mean * mean)
    }

    /// How many spikes of all trains a spike of another accompanies, averaged over the others.
    ///
    /// - Parameter trains: All in one window.
    public static func accompanied(_ trains: [SpikeTrain]) -> Double {
        // The trains share their window, so nothing is thrown.
        let probability = (try! JointFiring.probability(within: [lag], trains: trains))?[0] ?? 0
        return probability * Double(trains.reduce(0) { $0 + $1.times.count })
    }
}
