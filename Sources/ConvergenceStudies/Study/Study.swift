import SpikingNumerics

/// A study file's content, checked.
public struct Study: Sendable {
    /// A measure by its catalogue name; weak errors also name their observable.
    public struct MeasureChoice: Hashable, Sendable {
        public var name: String
        public var observable: String

        public init(name: String, observable: String = "") {
            self.name = name
            self.observable = observable
        }
    }

    public struct Sampling: Hashable, Sendable {
        public var paths: Int
        public var seed: UInt64
        /// Confidence of every interval, in (0, 1).
        public var confidence: Double
        /// Width of the Brownian tree's root cell in ms; steps are power-of-two fractions of it.
        public var rootCell: Double
        /// The probability, in (0, 1), that any verdict of a run is a false `fail`, if every expectation is true.
        public var falseAlarm: Double

        public init(
            paths: Int, seed: UInt64 = 1, confidence: Double = 0.95, rootCell: Double = 4,
            falseAlarm: Double = 1e-6
        ) {
            self.paths = paths
            self.seed = seed
            self.confidence = confidence
            self.rootCell = rootCell
            self.falseAlarm = falseAlarm
        }
    }

    public var name: String
    public var title: String
    public var problem: Problem
    public var reference: Reference
    /// Names from the integrator catalogue, or of `solvers` or `customIntegrators`.
    public var integrators: [String]
    /// Those of the integrators that are solvers, programs for example.
    public var solvers: [SolverChoice] = []
    /// Those of the integrators that were added by a library's user, such as a `GridIntegrator` with a `Scheme` of one's own.
    public var customIntegrators: [any Integrator] = []
    /// Steps in ms, power-of-two fractions of the root cell, in the order of the file.
    public var steps: [Double]
    public var measures: [MeasureChoice]
    public var sampling: Sampling
    public var expectations: [Expectation]
    /// Whether to run every integrator once more on the reference's presynaptic spikes, reported as case `replay`.
    public var replay = false
    /// A mean to be estimated by multilevel Monte Carlo; nil for most studies.
    public var multilevel: MultilevelChoice?
    /// Whether there are paths; a study of laws alone has none, whatever `sampling` says.
    public var isSampled = true

    /// Take the place of the integrators and the reference of the same names.  Tests put wrong ones here.
    package var substitutes: [any Integrator] = []

    /// What the file left to the program, and what it chose.
    public var choices: [StudyRemark] = []
    /// What in the file is probably not meant.
    public var warnings: [StudyRemark] = []
    /// Where the file describes each population, and the network.
    var caseKeys: [String: StudyRemark] = [:]
    /// What V is measured in, for axes and tables: `mV`, or `1`; nil where the file does not say.
    public var unit: String?

    /// Among how many studies of the run `sampling.falseAlarm` is divided.
    public var studiesJudged = 1
    /// Which point of a sweep the study is; nil for most studies.
    public var point: SweepPoint?
    /// What of a theory the study tests; nil for most studies.
    public var claim: Claim?
    /// Numbers that others have found, for an audit.
    public var published: [PublishedFigure] = []
    /// The file's text, kept for the result's header.
    public var text: String
    /// The file's path; files that the text names lie beside it.
    public var file = ""
    /// Tells the lists of edges apart that a study file can name; nil for a study without one.
    public var edgesHash: String?

    public init(
        name: String, title: String, problem: Problem, reference: Reference = .exactEvent,
        integrators: [String], steps: [Double], measures: [MeasureChoice], sampling: Sampling,
        expectations: [Expectation] = [], text: String = "", edgesHash: String? = nil
    ) {
        self.name = name
        self.title = title
        self.problem = problem
        self.reference = reference
        self.integrators = integrators
        self.steps = steps
        self.measures = measures
        self.sampling = sampling
        self.expectations = expectations
        self.text = text
        self.edgesHash = edgesHash
    }
}
