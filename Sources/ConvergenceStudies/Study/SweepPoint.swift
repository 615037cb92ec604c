/// One point of a sweep: the study it is a point of, and what of the problem it sets.
public struct SweepPoint: Codable, Hashable, Sendable {
    /// The swept study's name.
    public var of: String
    /// By the keys that the sweep names.
    public var at: [String: Double]

    public init(of study: String, at values: [String: Double]) {
        (self.of, at) = (study, values)
    }
}
