/// How far a tested spike train is from the reference's, by a distance that says something about every pair of trains.
///
/// Averaged over neurons and paths.  0 for equal trains; similarities are turned round.
public struct TrainDistance: Measure {
    public let name: String
    public let summary: String
    /// All of these are pure numbers.
    public let unit = ""
    public let estimate = Estimate.mean
    public let size: NaturalSize
    private let distance: @Sendable (PathComparison.Neuron) -> Double

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        // Beyond the window a pair of spikes is two without partners.
        (size == .spikeCount ? 2 : 1) / Double(neurons)
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        let sum = path.neurons[neurons].reduce(0) { $0 + distance($1) }
        let mean = sum / Double(neurons.count)
        return Sample(value: mean, square: mean * mean)
    }

    /// The alignment of the matching is the cheapest edit, so its cost is the distance.
    public static let victorPurpura = TrainDistance(
        name: "victor-purpura",
        summary: "Victor-Purpura distance at q = 8/τ_m: 1 per spike added or removed, q|δt| per spike moved",
        size: .spikeCount
    ) { $0.matching.cost }

    public static let vanRossum = TrainDistance(
        name: "van-rossum",
        summary: "van Rossum distance at τ = τ_m/4, normalised to 1 for one spike more or less",
        size: .one
    ) { $0.trains.vanRossumDistance(timeConstant: $0.scales.vanRossumTimeConstant) }

    public static let isi = TrainDistance(
        name: "isi-distance",
        summary: "ISI-distance: time average of the relative difference of the intervals",
        size: .one
    ) { $0.trains.isiDistance() }

    public static let spike = TrainDistance(
        name: "spike-distance",
        summary: "SPIKE-distance: time average of the spikes' displacement, in units of the intervals",
        size: .one
    ) { $0.trains.spikeDistance() }

    public static let synchronization = TrainDistance(
        name: "spike-synchronization",
        summary: "1 - SPIKE-synchronization: fraction of spikes without a partner within half an interval",
        size: .one
    ) { 1 - $0.trains.spikeSynchronization() }
}
