import SpikingNumerics

/// A study file's content, checked.
public struct Study: Sendable {
    /// What the errors are measured against.
    public enum Reference: Hashable, Sendable {
        case exactEvent
        /// `integrator` on a grid `factor` times finer than the finest step of the study, factor ≥ 16.
        case fineGrid(integrator: String, factor: Int)
    }

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

        public init(paths: Int, seed: UInt64 = 1, confidence: Double = 0.95, rootCell: Double = 4) {
            self.paths = paths
            self.seed = seed
            self.confidence = confidence
            self.rootCell = rootCell
        }
    }

    /// What the study expects of an observed order.
    public struct Expectation: Hashable, Sendable {
        public enum Kind: String, Sendable, CaseIterable {
            case equals
            case atLeast = "at-least"
            case bound
        }

        public var measure: MeasureChoice
        public var integrator: String
        /// The case the expectation is about, `network` where the file names none.
        public var `case`: String
        public var kind: Kind
        public var order: Double
        public var tolerance: Double

        public init(
            measure: MeasureChoice, integrator: String, case: String = "network", kind: Kind = .equals,
            order: Double, tolerance: Double
        ) {
            self.measure = measure
            self.integrator = integrator
            self.case = `case`
            self.kind = kind
            self.order = order
            self.tolerance = tolerance
        }
    }

    public var name: String
    public var title: String
    public var problem: Problem
    public var reference: Reference
    /// Names from the integrator catalogue, or of `solvers`.
    public var integrators: [String]
    /// Those of the integrators that are not in the catalogue.
    public var solvers: [SolverChoice] = []
    /// Steps in ms, power-of-two fractions of the root cell, in the order of the file.
    public var steps: [Double]
    public var measures: [MeasureChoice]
    public var sampling: Sampling
    public var expectations: [Expectation]
    /// Whether to run every integrator once more on the reference's presynaptic spikes, reported as case `replay`.
    public var replay = false
    /// The file's text, kept for the result's header.
    public var text: String
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
