/// The order between two adjacent levels of a fit: where these drift, the errors are outside the asymptotic range.
public struct LocalOrder: Codable, Equatable, Sendable {
    /// The coarser and the finer step, ms.
    public var coarser: Double
    public var finer: Double
    public var order: Double
    public var intervalLow: Double?
    public var intervalHigh: Double?

    enum CodingKeys: String, CodingKey {
        case coarser = "h_coarser"
        case finer = "h_finer"
        case order
        case intervalLow = "ci_low"
        case intervalHigh = "ci_high"
    }
}
