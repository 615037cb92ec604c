/// A mean estimated by multilevel Monte Carlo for one accuracy.
public struct MultilevelEstimate: Codable, Equatable, Sendable {
    /// A difference between a finer and a coarser solution on one path; the first level has no coarser one.
    public struct Level: Codable, Equatable, Sendable {
        /// Step of the finer solution in ms; nil for the reference.
        public var h: Double?
        /// Step of the coarser solution in ms.
        public var coarserStep: Double?
        public var paths: Int
        /// Of the difference, finer minus coarser.
        public var mean: Double
        public var standardError: Double
        /// Of the difference on one path.
        public var variance: Double
        /// Nil where all paths agree.
        public var kurtosis: Double?
        /// Work units of one path.
        public var cost: Double
        /// The telescoping sum: by how many standard errors the coarser solution's mean is off the mean that the same
        /// solution has as the finer one of the level before.
        public var consistency: Double?

        public init(
            h: Double?, coarserStep: Double?, paths: Int, mean: Double, standardError: Double,
            variance: Double, kurtosis: Double?, cost: Double, consistency: Double?
        ) {
            self.h = h
            self.coarserStep = coarserStep
            self.paths = paths
            self.mean = mean
            self.standardError = standardError
            self.variance = variance
            self.kurtosis = kurtosis
            self.cost = cost
            self.consistency = consistency
        }

        enum CodingKeys: String, CodingKey {
            case h, paths, mean, variance, kurtosis, cost, consistency
            case coarserStep = "coarser_h"
            case standardError = "std_error"
        }
    }

    public var study: String
    public var integrator: String
    public var reference: String
    public var observable: String
    /// The standard error that was asked for.
    public var accuracy: Double
    public var value: Double
    public var standardError: Double
    public var intervalLow: Double
    public var intervalHigh: Double
    /// Work units in all.
    public var cost: Double
    /// Work units after which plain Monte Carlo with the reference alone has the same standard error; nil where this is 0, which
    /// there is nothing to be gained on.
    public var plainCost: Double?
    /// The same for the integrator at its finest step alone, whose bias counts against it; nil where the bias by itself is
    /// larger.
    public var finestCost: Double?
    public var levels: [Level]
    /// Why the standard error is not to be trusted; empty where it is.
    public var warnings: [String]

    public init(
        study: String, integrator: String, reference: String, observable: String, accuracy: Double,
        value: Double, standardError: Double, intervalLow: Double, intervalHigh: Double, cost: Double,
        plainCost: Double?, finestCost: Double?, levels: [Level], warnings: [String]
    ) {
        self.study = study
        self.integrator = integrator
        self.reference = reference
        self.observable = observable
        self.accuracy = accuracy
        self.value = value
        self.standardError = standardError
        self.intervalLow = intervalLow
        self.intervalHigh = intervalHigh
        self.cost = cost
        self.plainCost = plainCost
        self.finestCost = finestCost
        self.levels = levels
        self.warnings = warnings
    }

    enum CodingKeys: String, CodingKey {
        case study, integrator, reference, observable, accuracy, value, cost, levels, warnings
        case standardError = "std_error"
        case intervalLow = "ci_low"
        case intervalHigh = "ci_high"
        case plainCost = "plain_cost"
        case finestCost = "finest_cost"
    }
}
