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
    /// The solvers from outside the catalogue; nil where there are none.
    public var solvers: [SolverRecord]?
    /// What the study file left to the program, and what it chose; nil where the file says everything.
    public var choices: [StudyRemark]?
    /// What in the file or in the run is probably not meant; nil where nothing is.
    public var warnings: [StudyRemark]?
    /// What V is measured in; nil where the file does not say.
    public var unit: String?
    /// Which point of a sweep the study is; nil for most studies.
    public var point: SweepPoint?

    /// When a study ran and how long.
    public struct Timing: Codable, Equatable, Sendable {
        /// When the run ended, ISO 8601.
        public var ended: String
        /// How long it took, in seconds.
        public var seconds: Double
        /// How long each integrator worked at each step.
        public var work: [Work]
        /// How long each multilevel estimate took; nil where there are none.
        public var multilevel: [MultilevelTime]?

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

    /// The time that each level of a multilevel estimate took, noise and all, in seconds of one core.
    public struct MultilevelTime: Codable, Equatable, Sendable {
        public var integrator: String
        /// The standard error asked for.
        public var accuracy: Double
        /// The coarsest level first.
        public var seconds: [Double]

        public init(integrator: String, accuracy: Double, seconds: [Double]) {
            self.integrator = integrator
            self.accuracy = accuracy
            self.seconds = seconds
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
        case study, title, seed, paths, blocks, confidence, host, time, solvers, choices, warnings, unit,
            point
        case formatVersion = "format_version"
        case toolVersion = "tool_version"
        case studyText = "study_text"
        case studyHash = "study_hash"
    }
}
