/// Everything a study found, in the shape of `result.json`.
///
/// The fields of `Row`, `Order`, `Scalar` and `Header` are a contract with scripts outside this project: they
/// may be added to but not renamed.
public struct StudyResult: Codable, Equatable, Sendable {
    public var header: Header
    public var rows: [Row]
    public var orders: [Order]
    public var scalars: [Scalar]
    /// Histograms of spike-time errors and crossing speeds.
    public var distributions: [Distribution]
    /// One path drawn exactly and by an integrator, for the report's picture.
    public var samplePath: SamplePath?
    /// The reference's spikes of the first paths, as many as fit the limit of `Crossing`; empty unless spike times are
    /// measured.  They go to a file of their own, not into `result.json`.
    public var crossings: [Crossing] = []
    /// Nil where the study has none.
    public var curves: [Curve]?
    /// What became of every expectation, in the order of the study file.
    public var checks: [Check] = []
    /// How the probability of a false alarm was divided; nil where nothing was expected.
    public var errorBudget: ErrorBudget?
    /// The moments behind the rows, one per order, for baselines; empty in a result read from `result.json`.
    public var samples: [SeriesSample] = []

    public init(
        header: Header, rows: [Row], orders: [Order], scalars: [Scalar],
        distributions: [Distribution] = [], samplePath: SamplePath? = nil
    ) {
        self.header = header
        self.rows = rows
        self.orders = orders
        self.scalars = scalars
        self.distributions = distributions
        self.samplePath = samplePath
    }

    enum CodingKeys: String, CodingKey {
        case header, rows, orders, scalars, distributions, curves, checks
        case samplePath = "sample_path"
        case errorBudget = "error_budget"
    }

    /// Results of earlier versions have no checks.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        header = try container.decode(Header.self, forKey: .header)
        rows = try container.decode([Row].self, forKey: .rows)
        orders = try container.decode([Order].self, forKey: .orders)
        scalars = try container.decode([Scalar].self, forKey: .scalars)
        distributions = try container.decode([Distribution].self, forKey: .distributions)
        samplePath = try container.decodeIfPresent(SamplePath.self, forKey: .samplePath)
        curves = try container.decodeIfPresent([Curve].self, forKey: .curves)
        checks = try container.decodeIfPresent([Check].self, forKey: .checks) ?? []
        errorBudget = try container.decodeIfPresent(ErrorBudget.self, forKey: .errorBudget)
    }
}

/// Where a result comes from.
public struct Header: Codable, Equatable, Sendable {
    /// What `formatVersion` is in the results this version of the tool writes, and the only one it reads.
    public static let currentFormatVersion = 1

    public var formatVersion: Int
    public var toolVersion: String
    public var study: String
    public var title: String
    /// The study file, word for word.
    public var studyText: String
    /// FNV-1a 64 of the study text, followed by that of its list of edges if it has one, in hexadecimal.
    public var studyHash: String
    public var seed: UInt64
    public var paths: Int
    /// Blocks of 1024 paths that the result was folded from.
    public var blocks: [Int]
    public var confidence: Double
    /// Together with `time` all that may differ between two runs of the same study.
    public var host: String
    public var time: Timing

    /// When a study ran and how long.
    public struct Timing: Codable, Equatable, Sendable {
        /// When the run ended, ISO 8601.
        public var ended: String
        /// How long it took, in seconds.
        public var seconds: Double
        /// How long each integrator worked at each step.
        public var work: [Work]

        public init(ended: String = "", seconds: Double = 0, work: [Work] = []) {
            self.ended = ended
            self.seconds = seconds
            self.work = work
        }
    }

    /// The time an integrator spent on its steps and spikes, without the noise, which all integrators share.
    public struct Work: Codable, Equatable, Sendable {
        public var integrator: String
        /// ms.
        public var h: Double
        /// Seconds of one core per path.
        public var secondsPerPath: Double

        public init(integrator: String, h: Double, secondsPerPath: Double) {
            self.integrator = integrator
            self.h = h
            self.secondsPerPath = secondsPerPath
        }

        enum CodingKeys: String, CodingKey {
            case integrator, h
            case secondsPerPath = "seconds_per_path"
        }
    }

    public init(
        formatVersion: Int, toolVersion: String, study: String, title: String, studyText: String,
        studyHash: String, seed: UInt64, paths: Int, blocks: [Int], confidence: Double, host: String,
        time: Timing
    ) {
        self.formatVersion = formatVersion
        self.toolVersion = toolVersion
        self.study = study
        self.title = title
        self.studyText = studyText
        self.studyHash = studyHash
        self.seed = seed
        self.paths = paths
        self.blocks = blocks
        self.confidence = confidence
        self.host = host
        self.time = time
    }

    enum CodingKeys: String, CodingKey {
        case study, title, seed, paths, blocks, confidence, host, time
        case formatVersion = "format_version"
        case toolVersion = "tool_version"
        case studyText = "study_text"
        case studyHash = "study_hash"
    }
}

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
    /// Whether enough paths carry the error for the value to be trusted and fitted.
    public var resolved: Bool
    /// (Σe²)²/Σe⁴, the number of paths that effectively carry the error.
    public var effectiveSample: Double
    /// Why the level is unresolved; empty where it is resolved.
    public var note: String

    /// The note of an error that is rounding: no number of paths would resolve it.
    package static let roundingNote = "below the rounding floor"
    /// The note of a bias too small for so few paths; as a number it can be judged all the same.
    package static let zeroNote = "the interval contains 0"

    public init(
        study: String, case: String, integrator: String, reference: String, measure: String,
        observable: String, h: Double, paths: Int, value: Double?, standardError: Double?,
        intervalLow: Double?, intervalHigh: Double?, resolved: Bool, effectiveSample: Double, note: String
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
    }

    enum CodingKeys: String, CodingKey {
        case study, `case`, integrator, reference, measure, observable, h, paths, value, resolved, note
        case standardError = "std_error"
        case intervalLow = "ci_low"
        case intervalHigh = "ci_high"
        case effectiveSample = "effective_sample"
    }
}

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
        case kind, verdict, intercept, note
        case intervalLow = "ci_low"
        case intervalHigh = "ci_high"
    }
}

/// A property of one process (not an error): a firing rate, a Lyapunov exponent, a stationary mean.
public struct Scalar: Codable, Equatable, Sendable {
    public var study: String
    public var `case`: String
    /// `firing-rate`, `lyapunov-V`, `mean-cos-V`, `interval-cv`, `synchrony`.
    public var name: String
    /// `exact-event`, `saltation`, `twin`, `fokker-planck`, `siegert`; for a grid integrator's rate, its name.
    public var method: String
    public var integrator: String
    /// Nil for a reference that has no step.
    public var h: Double?
    public var value: Double?
    public var standardError: Double?
    public var intervalLow: Double?
    public var intervalHigh: Double?
    public var unit: String

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
        case study, `case`, name, method, integrator, h, value, unit
        case standardError = "std_error"
        case intervalLow = "ci_low"
        case intervalHigh = "ci_high"
    }
}

/// A spike of the reference.
public struct Crossing: Equatable, Sendable {
    /// A result lists no more than this many.
    public static let limit = 250_000

    public var path: Int
    public var neuron: Int
    /// ms.
    public var time: Double
    /// dV/dt just before the reset, V-units/ms.
    public var speed: Double

    public init(path: Int, neuron: Int, time: Double, speed: Double) {
        self.path = path
        self.neuron = neuron
        self.time = time
        self.speed = speed
    }
}

/// A histogram with its bin edges; counts are exact, so histograms merge without rounding.
public struct Distribution: Codable, Equatable, Sendable {
    /// `spike-time-error` (signed, ms, integrator minus reference) or `crossing-speed` (V-units/ms).
    public var name: String
    public var integrator: String
    /// Nil for the reference.
    public var h: Double?
    public var unit: String
    /// Ascending; bin k covers edges[k] ..< edges[k+1].
    public var edges: [Double]
    public var counts: [Int]
    /// What fell below the first and above the last edge.
    public var below: Int
    public var above: Int

    public init(
        name: String, integrator: String, h: Double?, unit: String, edges: [Double], counts: [Int],
        below: Int, above: Int
    ) {
        self.name = name
        self.integrator = integrator
        self.h = h
        self.unit = unit
        self.edges = edges
        self.counts = counts
        self.below = below
        self.above = above
    }
}

/// One path of one neuron, exact and by an integrator on the same noise.
public struct SamplePath: Codable, Equatable, Sendable {
    public struct Trace: Codable, Equatable, Sendable {
        public var integrator: String
        public var h: Double?
        /// ms.  A spike appears as two points, V_th and V_r, a rounding error apart in time.
        public var times: [Double]
        public var voltages: [Double]
        public var spikes: [Double]

        public init(integrator: String, h: Double?, times: [Double], voltages: [Double], spikes: [Double]) {
            self.integrator = integrator
            self.h = h
            self.times = times
            self.voltages = voltages
            self.spikes = spikes
        }
    }

    public var path: Int
    public var neuron: Int
    public var threshold: Double
    public var reset: Double
    /// The part worth enlarging, in ms: around the spike that only one of the two solutions has, or, where they never
    /// come apart, around the spike with the smallest crossing speed.
    public var closeUp: [Double]
    /// The crossing speed of the spike there, in V-units/ms.
    public var crossingSpeed: Double?
    public var reference: Trace
    public var tested: Trace

    public init(
        path: Int, neuron: Int, threshold: Double, reset: Double, closeUp: [Double], crossingSpeed: Double?,
        reference: Trace, tested: Trace
    ) {
        self.path = path
        self.neuron = neuron
        self.threshold = threshold
        self.reset = reset
        self.closeUp = closeUp
        self.crossingSpeed = crossingSpeed
        self.reference = reference
        self.tested = tested
    }

    enum CodingKeys: String, CodingKey {
        case path, neuron, threshold, reset, reference, tested
        case closeUp = "close_up"
        case crossingSpeed = "crossing_speed"
    }
}
