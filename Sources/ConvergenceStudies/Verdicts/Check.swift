public enum Verdict: String, Codable, Sendable {
    case pass, fail, inconclusive, none
}

/// What became of one expectation.
public struct Check: Codable, Equatable, Sendable {
    public var study: String
    public var `case`: String
    public var integrator: String
    /// What is judged: `order`, `error` or `scalar`.
    public var quantity: String
    /// The name of the measure or of the scalar.
    public var name: String
    /// Of a weak error; empty otherwise.
    public var observable: String
    /// Of a scalar; empty otherwise.
    public var method: String
    /// Step in ms; nil for orders, and for scalars of a process without steps.
    public var h: Double?
    /// `equals`, `at-least` or `bound`.
    public var kind: String
    public var expected: Double
    public var tolerance: Double
    /// What was found; nil where nothing could be.
    public var value: Double?
    public var standardError: Double?
    /// The interval of the study's confidence.
    public var intervalLow: Double?
    public var intervalHigh: Double?
    /// Of an order: the fitted error at h = 1 ms, error = constant · h^order.
    public var constant: Double?
    public var constantLow: Double?
    public var constantHigh: Double?
    /// The probability of a number at least as far outside the tolerance, were the expectation true.
    public var probability: Double?
    /// The same, corrected for all checks of the run; a `fail` where it is at most the run's false-alarm budget (of a
    /// run in several looks, at most what the look may spend of it).
    public var adjustedProbability: Double?
    /// How far outside the tolerance the truth has to lie for nine in ten such runs to prove it.
    public var detectable: Double?
    /// The number of paths at the look that decided; nil where none did.
    public var decidedAt: Int?
    public var verdict: Verdict
    /// What is to be known about the number, or why there is none.
    public var note: String

    public init(
        study: String, case: String, integrator: String, quantity: String, name: String,
        observable: String = "", method: String = "", h: Double? = nil, kind: String, expected: Double,
        tolerance: Double, value: Double? = nil, standardError: Double? = nil, intervalLow: Double? = nil,
        intervalHigh: Double? = nil, verdict: Verdict, note: String = ""
    ) {
        self.study = study
        self.case = `case`
        self.integrator = integrator
        self.quantity = quantity
        self.name = name
        self.observable = observable
        self.method = method
        self.h = h
        self.kind = kind
        self.expected = expected
        self.tolerance = tolerance
        self.value = value
        self.standardError = standardError
        self.intervalLow = intervalLow
        self.intervalHigh = intervalHigh
        self.verdict = verdict
        self.note = note
    }

    enum CodingKeys: String, CodingKey {
        case study, `case`, integrator, quantity, name, observable, method, h, kind, expected, tolerance
        case value, constant, probability, detectable, verdict, note
        case standardError = "std_error"
        case intervalLow = "ci_low"
        case intervalHigh = "ci_high"
        case constantLow = "constant_ci_low"
        case constantHigh = "constant_ci_high"
        case adjustedProbability = "adjusted_probability"
        case decidedAt = "decided_at"
    }
}

extension StudyResult {
    /// The checks; for a result of a version that had none, what its orders say.
    public var judged: [Check] {
        if !checks.isEmpty { return checks }
        return orders.compactMap { order in
            guard let expected = order.expected else { return nil }
            return Check(
                study: order.study, case: order.case, integrator: order.integrator, quantity: "order",
                name: order.measure, observable: order.observable, kind: order.kind ?? "equals",
                expected: expected, tolerance: order.tolerance ?? 0, value: order.order,
                intervalLow: order.intervalLow, intervalHigh: order.intervalHigh, verdict: order.verdict,
                note: order.note)
        }
    }

    /// What all expectations and the ladders of solvers together amount to: one failure is a failure; none where nothing
    /// was expected and no ladder failed.
    public var verdict: Verdict {
        if !failedRungs.isEmpty { return .fail }
        let verdicts = Set(judged.map(\.verdict))
        return [.fail, .inconclusive, .pass].first(where: verdicts.contains) ?? Verdict.none
    }
}
