/// How far a tested spike train is from the reference's, by a distance that says something about every pair of trains.
///
/// Averaged over neurons and paths.  0 for equal trains; similarities are turned round.
public struct TrainDistance: Measure {
    public let descriptor: MeasureDescriptor
    public let estimate = Estimate.mean
    private let distance: @Sendable (PathComparison.Neuron) -> Double

    private init(
        _ descriptor: MeasureDescriptor, distance: @escaping @Sendable (PathComparison.Neuron) -> Double
    ) {
        (self.descriptor, self.distance) = (descriptor, distance)
    }

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        // Beyond the window a pair of spikes is two without partners.
        (descriptor.size == .spikeCount ? 2 : 1) / Double(neurons)
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        let sum = path.neurons[neurons].reduce(0) { $0 + distance($1) }
        let mean = sum / Double(neurons.count)
        return Sample(value: mean, square: mean * mean)
    }

    /// The alignment of the matching is the cheapest edit, so its cost is the distance.
    public static let victorPurpura = TrainDistance(
        MeasureDescriptor(
            name: "victor-purpura",
            summary:
                "Victor-Purpura distance at q = 8/τ_m: 1 per spike added or removed, q|δt| per spike moved",
            unit: "", axisLabel: "Victor-Purpura distance",
            sentence:
                "Least cost of turning the integrator's spike train into the reference's: 1 for each spike added or "
                + "removed, 8|δt|/τ_m for each one moved by δt. Mean over neurons and paths.",
            size: .spikeCount)
    ) { $0.matching.cost }

    public static let vanRossum = TrainDistance(
        MeasureDescriptor(
            name: "van-rossum",
            summary: "van Rossum distance at τ = τ_m/4, normalised to 1 for one spike more or less", unit: "",
            axisLabel: "van Rossum distance",
            sentence:
                "L² distance of the two spike trains once every spike has become an exponential of time constant "
                + "τ_m/4; one spike more or less is a distance of 1. It grows with the root of a small displacement. "
                + "Mean over neurons and paths.", size: .one)
    ) { $0.trains.vanRossumDistance(timeConstant: $0.scales.vanRossumTimeConstant) }

    public static let isi = TrainDistance(
        MeasureDescriptor(
            name: "isi-distance",
            summary: "ISI-distance: time average of the relative difference of the intervals", unit: "",
            axisLabel: "ISI-distance",
            sentence:
                "Time average of |ν₁ − ν₂| / max(ν₁, ν₂), ν being the interspike interval each train is in. "
                + "Mean over neurons and paths.", size: .one)
    ) { $0.trains.isiDistance() }

    public static let spike = TrainDistance(
        MeasureDescriptor(
            name: "spike-distance",
            summary: "SPIKE-distance: time average of the spikes' displacement, in units of the intervals",
            unit: "", axisLabel: "SPIKE-distance",
            sentence:
                "Time average of how far the spikes around each time are from the nearest spikes of the other train, "
                + "in units of the local interspike interval. Mean over neurons and paths.", size: .one)
    ) { $0.trains.spikeDistance() }

    public static let synchronization = TrainDistance(
        MeasureDescriptor(
            name: "spike-synchronization",
            summary:
                "1 - SPIKE-synchronization: fraction of spikes without a partner within half an interval",
            unit: "", axisLabel: "1 − SPIKE-synchronization",
            sentence:
                "Fraction of spikes that have no partner in the other train nearer than half the shortest interval "
                + "around: 1 minus SPIKE-synchronization. Mean over neurons and paths.", size: .one)
    ) { 1 - $0.trains.spikeSynchronization() }
}
