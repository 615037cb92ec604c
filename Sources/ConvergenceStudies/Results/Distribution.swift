/// A histogram with its bin edges; counts are exact, so histograms merge without rounding.
public struct Distribution: Codable, Equatable, Sendable {
    /// `spike-time-error` (signed, ms, integrator minus reference) or `crossing-speed` (V-units/ms).
    public var name: String
    public var integrator: String
    /// Nil for the reference.
    public var h: Double?
    public var unit: String
    /// Ascending; bin k covers edges[k] ..< edges[k+1].
    public var edges: [Double]
    public var counts: [Int]
    /// What fell below the first and above the last edge.
    public var below: Int
    public var above: Int

    public init(
        name: String, integrator: String, h: Double?, unit: String, edges: [Double], counts: [Int],
        below: Int, above: Int
    ) {
        self.name = name
        self.integrator = integrator
        self.h = h
        self.unit = unit
        self.edges = edges
        self.counts = counts
        self.below = below
        self.above = above
    }
}
