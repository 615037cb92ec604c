/// A property of one process (not an error): a firing rate, a Lyapunov exponent, a stationary mean.
public struct Scalar: Codable, Equatable, Sendable {
    public var study: String
    public var `case`: String
    /// `firing-rate`, `lyapunov-V`, `mean-cos-V`, `interval-cv`, `synchrony`; see `ProbeCatalogue`.
    public var name: String
    /// `exact-event`, `saltation`, `twin`, `fokker-planck`, `siegert`, `multilevel`; for a grid integrator's rate, its name.
    public var method: String
    public var integrator: String
    /// Nil for a reference that has no step.
    public var h: Double?
    public var value: Double?
    public var standardError: Double?
    public var intervalLow: Double?
    public var intervalHigh: Double?
    public var unit: String
    /// Why there is no value; nil where there is one.
    public var note: String?
    /// The value less the reference's on the same paths, with its standard error and interval; nil where that was not looked at.
    public var bias: Double?
    public var biasStandardError: Double?
    public var biasLow: Double?
    public var biasHigh: Double?
    /// The values of what is swept, by key; nil outside sweeps.
    public var point: [String: Double]?
    /// The value without one group of paths after the other, the same groups at all points of a sweep; nil outside sweeps and audits.
    public var jackknife: [Double]?
    /// Degrees of freedom of the standard errors; nil for as many as there are paths, less one.  In no file.
    package var freedom: Double?

    public init(
        study: String, case: String, name: String, method: String, integrator: String, h: Double?,
        value: Double?, standardError: Double?, intervalLow: Double?, intervalHigh: Double?, unit: String
    ) {
        self.study = study
        self.case = `case`
        self.name = name
        self.method = method
        self.integrator = integrator
        self.h = h
        self.value = value
        self.standardError = standardError
        self.intervalLow = intervalLow
        self.intervalHigh = intervalHigh
        self.unit = unit
    }

    enum CodingKeys: String, CodingKey {
        case study, `case`, name, method, integrator, h, value, unit, note, bias, point, jackknife
        case standardError = "std_error"
        case intervalLow = "ci_low"
        case intervalHigh = "ci_high"
        case biasStandardError = "bias_std_error"
        case biasLow = "bias_ci_low"
        case biasHigh = "bias_ci_high"
    }
}
