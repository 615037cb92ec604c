/// An observed order of convergence: the slope of log |error| against log h over the resolved levels.
public struct Order: Codable, Equatable, Sendable {
    public var study: String
    public var `case`: String
    public var integrator: String
    public var reference: String
    public var measure: String
    public var observable: String
    /// Nil where fewer than two levels are resolved.
    public var order: Double?
    public var intervalLow: Double?
    public var intervalHigh: Double?
    /// The number of levels in the fit.
    public var levels: Int
    public var expected: Double?
    public var tolerance: Double?
    /// `equals`, `at-least` or `bound`; nil where the study expects nothing.
    public var kind: String?
    public var verdict: Verdict
    /// log of the error at h = 1 ms, so that the fitted line can be drawn.
    public var intercept: Double?
    /// Why there is no order, or what is to be known about it.
    public var note: String
    /// Between adjacent levels, from the coarsest to the finest, those that the fit leaves out too; nil without a fit.
    public var localOrders: [LocalOrder]?
    /// False where local orders provably drift: the order over these steps is not yet the asymptotic one.  Nil where fewer than
    /// three levels could show it.
    public var isAsymptotic: Bool?
    /// The values of what is swept, by key; nil outside sweeps.
    public var point: [String: Double]?

    public init(
        study: String, case: String, integrator: String, reference: String, measure: String,
        observable: String, order: Double?, intervalLow: Double?, intervalHigh: Double?, levels: Int,
        expected: Double?, tolerance: Double?, kind: String?, verdict: Verdict, intercept: Double?,
        note: String
    ) {
        self.study = study
        self.case = `case`
        self.integrator = integrator
        self.reference = reference
        self.measure = measure
        self.observable = observable
        self.order = order
        self.intervalLow = intervalLow
        self.intervalHigh = intervalHigh
        self.levels = levels
        self.expected = expected
        self.tolerance = tolerance
        self.kind = kind
        self.verdict = verdict
        self.intercept = intercept
        self.note = note
    }

    enum CodingKeys: String, CodingKey {
        case study, `case`, integrator, reference, measure, observable, order, levels, expected, tolerance
        case kind, verdict, intercept, note, point
        case intervalLow = "ci_low"
        case intervalHigh = "ci_high"
        case localOrders = "local_orders"
        case isAsymptotic = "asymptotic"
    }
}
