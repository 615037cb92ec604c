/// How the probability of a false alarm was divided, and how much of it was spent.
public struct ErrorBudget: Codable, Equatable, Sendable {
    /// One look at the paths so far.
    public struct Look: Codable, Equatable, Sendable {
        public var paths: Int
        /// The part of all error probabilities that this look and those before it may have spent, in (0, 1].
        public var spent: Double

        public init(paths: Int, spent: Double) {
            self.paths = paths
            self.spent = spent
        }
    }

    /// The probability that any verdict of the run is a false `fail`, if every expectation is true.
    public var falseAlarm: Double
    /// Among so many studies the run divides it, in equal parts (Bonferroni).
    public var studies: Int
    /// Among so many checks the study's part is divided by Holm's method.
    public var checks: Int
    /// One, or as many as it took until every check was decided.
    public var looks: [Look]
    /// The paths at which all would have been spent.
    public var maximumPaths: Int

    public init(falseAlarm: Double, studies: Int, checks: Int, looks: [Look], maximumPaths: Int) {
        self.falseAlarm = falseAlarm
        self.studies = studies
        self.checks = checks
        self.looks = looks
        self.maximumPaths = maximumPaths
    }

    /// The probability of a false `fail` in this study that its looks have spent.
    public var spent: Double { falseAlarm / Double(studies) * (looks.last?.spent ?? 0) }

    enum CodingKeys: String, CodingKey {
        case studies, checks, looks
        case falseAlarm = "false_alarm"
        case maximumPaths = "maximum_paths"
    }
}

extension Study {
    /// Studies of one run, with one false-alarm budget divided among those that expect anything.
    ///
    /// - Parameter budget: The least of the studies' own where nil.
    public static func sharingFalseAlarm(_ studies: [Study], budget: Double?) -> [Study] {
        let judged = studies.filter { !$0.expectations.isEmpty }
        let falseAlarm = budget ?? judged.map(\.sampling.falseAlarm).min()
        return studies.map { study in
            var study = study
            study.sampling.falseAlarm = falseAlarm ?? study.sampling.falseAlarm
            study.studiesJudged = max(1, judged.count)
            return study
        }
    }

    /// How far `StudyRunner.runUntilDecided` goes unless told otherwise.
    public var defaultMaximumPaths: Int {
        let (paths, overflow) = sampling.paths.multipliedReportingOverflow(by: Looks.defaultFactor)
        let most = Int(Self.Sampling.admissiblePaths.upperBound)
        return overflow ? most : min(paths, most)
    }
}
