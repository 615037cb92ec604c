import ConvergenceStudies

/// A study that `check` ran, or tried to.
public struct CheckedStudy: Sendable {
    public enum Outcome: Sendable {
        case judged(StudyResult, BaselineComparison)
        /// It could not be run to its end, and why.
        case failed(String)
    }

    /// The study file, as it was named on the command line.
    public var file: String
    public var name: String
    public var outcome: Outcome
    /// Whether a series without a baseline leaves the verdict open.
    public var requiresBaseline: Bool

    public init(file: String, name: String, outcome: Outcome, requiresBaseline: Bool = false) {
        self.file = file
        self.name = name
        self.outcome = outcome
        self.requiresBaseline = requiresBaseline
    }

    /// Of the expectations and of the baseline together: one failure is a failure.  Nil where it could not be run.
    public var verdict: Verdict? {
        guard case .judged(let result, let baseline) = outcome else { return nil }
        var verdicts = [result.verdict, baseline.verdict]
        if requiresBaseline, baseline.lacksAny { verdicts.append(.inconclusive) }
        return [.fail, .inconclusive, .pass].first(where: verdicts.contains) ?? Verdict.none
    }
}

extension BaselineComparison {
    /// Whether there is anything that could not be compared for want of a baseline.
    var lacksAny: Bool { !added.isEmpty || (!hasBaseline && comparisons.isEmpty) }
}
