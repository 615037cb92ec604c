/// One measured error: a measure of one integrator at one step, on one case (the network or a layer of it).
public struct Row: Codable, Equatable, Sendable {
    public var study: String
    /// `network`, or the name of a population such as `layer-2`.
    public var `case`: String
    public var integrator: String
    public var reference: String
    public var measure: String
    /// What a weak error is the error of (`cos-V`, `spike-count` …); empty for other measures.
    public var observable: String
    /// Step in ms.
    public var h: Double
    public var paths: Int
    /// Nil where nothing can be computed, for example a spike-time error without any matched spike.
    public var value: Double?
    public var standardError: Double?
    public var intervalLow: Double?
    public var intervalHigh: Double?
    /// Where the level is unresolved: with the confidence of the upper end of an interval |error| is at most this.  Nil where an
    /// interval says more, or nothing can be said.
    public var upperBound: Double?
    /// The values of what is swept, by key; nil outside sweeps.
    public var point: [String: Double]?
    /// Whether enough paths carry the error for the value and its interval to be trusted.
    public var resolved: Bool
    /// (Σe²)²/Σe⁴, the number of paths that effectively carry the error.
    public var effectiveSample: Double
    /// Why the level is unresolved, or what keeps it out of a fit; empty where nothing does.
    public var note: String

    /// The note of an error that is rounding: no number of paths would resolve it.
    package static let roundingNote = "below the rounding floor"
    /// The note of a bias too small for so few paths; as a number it can be judged all the same.
    package static let zeroNote = "the interval contains 0"

    public init(
        study: String, case: String, integrator: String, reference: String, measure: String,
        observable: String, h: Double, paths: Int, value: Double?, standardError: Double?,
        intervalLow: Double?, intervalHigh: Double?, resolved: Bool, effectiveSample: Double, note: String,
        upperBound: Double? = nil
    ) {
        self.study = study
        self.case = `case`
        self.integrator = integrator
        self.reference = reference
        self.measure = measure
        self.observable = observable
        self.h = h
        self.paths = paths
        self.value = value
        self.standardError = standardError
        self.intervalLow = intervalLow
        self.intervalHigh = intervalHigh
        self.resolved = resolved
        self.effectiveSample = effectiveSample
        self.note = note
        self.upperBound = upperBound
    }

    enum CodingKeys: String, CodingKey {
        case study, `case`, integrator, reference, measure, observable, h, paths, value, resolved, note, point
        case standardError = "std_error"
        case intervalLow = "ci_low"
        case intervalHigh = "ci_high"
        case effectiveSample = "effective_sample"
        case upperBound = "upper_bound"
    }
}
