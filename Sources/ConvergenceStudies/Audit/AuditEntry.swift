/// What an audit says of one published number.
public struct AuditEntry: Codable, Equatable, Sendable {
    public enum Verdict: String, Codable, Sendable {
        /// The limit is within the tolerance of what was published, at the study's confidence.
        case holds
        /// It is proven to be farther away.
        case shifts
        /// It is proven to be on the other side of zero, or off by more than half; or there is no such thing in the limit.
        case overturned
        /// More paths are needed.
        case unresolved
    }

    /// A value at a step.
    public struct Step: Codable, Equatable, Sendable {
        public var h: Double
        public var integrator: String
        @NullWhereUnknown public var value: Double? = nil
        @NullWhereUnknown public var standardError: Double? = nil
        /// The value less the limit, on the same paths where there are any.
        @NullWhereUnknown public var shift: Double? = nil
        @NullWhereUnknown public var shiftStandardError: Double? = nil

        enum CodingKeys: String, CodingKey {
            case h, integrator, value, shift
            case standardError = "std_error"
            case shiftStandardError = "shift_std_error"
        }
    }

    /// Of the exact process, or of a theory.
    public struct Value: Codable, Equatable, Sendable {
        public var method: String
        @NullWhereUnknown public var value: Double? = nil
        @NullWhereUnknown public var standardError: Double? = nil

        enum CodingKeys: String, CodingKey {
            case method, value
            case standardError = "std_error"
        }
    }

    /// Names of the neurons' models.
    public var model: String
    public var study: String
    public var quantity: String
    public var `case`: String
    public var unit: String
    /// Of a sweep; nil where the number is of no point, or of all.
    @NullWhereUnknown public var point: [String: Double]? = nil
    public var published: Double
    @NullWhereUnknown public var publishedStandardError: Double? = nil
    public var source: String
    public var tolerance: Double
    /// What the published scheme has at the published step; nil where that is not known.
    @NullWhereUnknown public var atStep: Step? = nil
    /// The same scheme at finer steps, the coarsest first.
    public var finer: [Step]
    public var limit: Value
    /// What theories say.
    public var theory: [Value]
    /// Of the step's effect on the number; nil where fewer than two steps show one.
    @NullWhereUnknown public var order: Double? = nil
    @NullWhereUnknown public var orderLow: Double? = nil
    @NullWhereUnknown public var orderHigh: Double? = nil
    /// The limit less what was published, per cent of what was published.
    @NullWhereUnknown public var shiftPercent: Double? = nil
    /// What the step makes of it: the value at the published step less the limit, per cent of the limit.
    @NullWhereUnknown public var stepEffectPercent: Double? = nil
    public var verdict: Verdict
    /// Whether the published scheme at the published step has the published number.
    @NullWhereUnknown public var reproduced: Verdict? = nil
    /// In a sentence.
    public var note: String

    enum CodingKeys: String, CodingKey {
        case model, study, quantity, `case`, unit, point, published, source, tolerance, finer, limit, theory
        case order, verdict, reproduced, note
        case publishedStandardError = "published_std_error"
        case atStep = "at_step"
        case orderLow = "order_ci_low"
        case orderHigh = "order_ci_high"
        case shiftPercent = "shift_percent"
        case stepEffectPercent = "step_effect_percent"
    }
}
