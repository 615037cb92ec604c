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
        public var value: Double?
        public var standardError: Double?
        /// The value less the limit, on the same paths where there are any.
        public var shift: Double?
        public var shiftStandardError: Double?

        enum CodingKeys: String, CodingKey {
            case h, integrator, value, shift
            case standardError = "std_error"
            case shiftStandardError = "shift_std_error"
        }
    }

    /// Of the exact process, or of a theory.
    public struct Value: Codable, Equatable, Sendable {
        public var method: String
        public var value: Double?
        public var standardError: Double?

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
    public var point: [String: Double]?
    public var published: Double
    public var publishedStandardError: Double?
    public var source: String
    public var tolerance: Double
    /// What the published scheme has at the published step; nil where that is not known.
    public var atStep: Step?
    /// The same scheme at finer steps, the coarsest first.
    public var finer: [Step]
    public var limit: Value
    /// What theories say.
    public var theory: [Value]
    /// Of the step's effect on the number; nil where fewer than two steps show one.
    public var order: Double?
    public var orderLow: Double?
    public var orderHigh: Double?
    /// The limit less what was published, per cent of what was published.
    public var shiftPercent: Double?
    /// What the step makes of it: the value at the published step less the limit, per cent of the limit.
    public var stepEffectPercent: Double?
    public var verdict: Verdict
    /// Whether the published scheme at the published step has the published number.
    public var reproduced: Verdict?
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

// What is not known is written as null, so that scripts find every key.
extension AuditEntry {
    public func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(model, forKey: .model)
        try keys.encode(study, forKey: .study)
        try keys.encode(quantity, forKey: .quantity)
        try keys.encode(`case`, forKey: .case)
        try keys.encode(unit, forKey: .unit)
        try keys.encode(point, forKey: .point)
        try keys.encode(published, forKey: .published)
        try keys.encode(publishedStandardError, forKey: .publishedStandardError)
        try keys.encode(source, forKey: .source)
        try keys.encode(tolerance, forKey: .tolerance)
        try keys.encode(atStep, forKey: .atStep)
        try keys.encode(finer, forKey: .finer)
        try keys.encode(limit, forKey: .limit)
        try keys.encode(theory, forKey: .theory)
        try keys.encode(order, forKey: .order)
        try keys.encode(orderLow, forKey: .orderLow)
        try keys.encode(orderHigh, forKey: .orderHigh)
        try keys.encode(shiftPercent, forKey: .shiftPercent)
        try keys.encode(stepEffectPercent, forKey: .stepEffectPercent)
        try keys.encode(verdict, forKey: .verdict)
        try keys.encode(reproduced, forKey: .reproduced)
        try keys.encode(note, forKey: .note)
    }
}

extension AuditEntry.Step {
    public func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(h, forKey: .h)
        try keys.encode(integrator, forKey: .integrator)
        try keys.encode(value, forKey: .value)
        try keys.encode(standardError, forKey: .standardError)
        try keys.encode(shift, forKey: .shift)
        try keys.encode(shiftStandardError, forKey: .shiftStandardError)
    }
}

extension AuditEntry.Value {
    public func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(method, forKey: .method)
        try keys.encode(value, forKey: .value)
        try keys.encode(standardError, forKey: .standardError)
    }
}
