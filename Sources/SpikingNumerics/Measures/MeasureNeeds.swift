/// What a measure cannot be found without, beside the spikes and states of the runs.
public struct MeasureNeeds: OptionSet, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// A run on the reference's own noise; without it only means can be compared.
    public static let commonPath = MeasureNeeds(rawValue: 1)
    /// The speed dV/dt at which a run's spikes cross the threshold.
    public static let crossingSpeeds = MeasureNeeds(rawValue: 2)
    /// That V has a slope where the reference crosses the threshold, which white noise in V leaves it none.
    public static let smoothCrossings = MeasureNeeds(rawValue: 8)
    /// V of both runs at record points, all along a path.
    public static let voltageRecords = MeasureNeeds(rawValue: 16)
    /// Runs from a state that is slightly displaced.
    public static let twins = MeasureNeeds(rawValue: 4)

    /// What a solver outside the catalogue does not have to offer.
    public static let internals: MeasureNeeds = [.crossingSpeeds, .twins]

    /// What of it a problem cannot offer, as a sentence without its subject; nil where it can.
    public func refusal(of problem: Problem) -> String? {
        contains(.smoothCrossings) && problem.models.contains { $0.voltageNoise > 0 }
            ? "needs crossing speeds, and under white noise V crosses the threshold without a slope" : nil
    }
}
