/// What a solver does with a delay that is no whole number of steps.
public enum DelayRounding: String, Codable, Sendable, CaseIterable {
    /// It acts inside its step.
    case exact
    case up = "rounded-up"
    case down = "rounded-down"
    case nearest = "rounded"
}
