/// A run beside the baseline of its study.
public struct BaselineComparison: Sendable {
    /// One per series and step that both have.
    public let comparisons: [SampleComparison]
    /// Names of series that the baseline does not have.
    public let added: [String]
    /// Their values, step by step.
    public let addedLevels: [AddedLevel]
    /// Names of series that only the baseline has.
    public let removed: [String]
    /// Of all comparisons together.
    public let budget: FalseAlarmBudget
    /// Whether there is a baseline at all.
    public let hasBaseline: Bool

    /// - Parameters:
    ///   - baseline: Nil where none was ever accepted.
    ///   - budget: What all comparisons together may spend.
    ///   - confidence: Of the intervals shown.
    /// - Throws: `GSLError`.
    public init(
        baseline: Baseline?, candidate: Baseline, budget: FalseAlarmBudget = .check, confidence: Double = 0.95
    ) throws {
        let accepted = Dictionary(
            (baseline?.series ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let pairs = candidate.series.flatMap { new -> [(SeriesSample, SeriesSample, Double)] in
            guard let old = accepted[new.name], old.estimate == new.estimate else { return [] }
            return new.steps.filter(old.steps.contains).map { (old, new, $0) }
        }
        let share = budget.share(of: pairs.count)
        comparisons = try pairs.compactMap { old, new, step in
            try SampleComparison(old: old, new: new, step: step, budget: share, confidence: confidence)
        }
        let names = Set(candidate.series.map(\.name))
        let fresh = candidate.series.filter { accepted[$0.name]?.estimate != $0.estimate }
        added = fresh.map(\.name)
        addedLevels = try fresh.flatMap { series in
            try series.steps.map { step in
                AddedLevel(
                    name: series.name, measure: series.measure, h: step,
                    estimated: try SampledLevel(series, step: step)?.estimated(confidence: confidence))
            }
        }
        removed = (baseline?.series ?? []).map(\.name).filter { !names.contains($0) }
        self.budget = budget
        hasBaseline = baseline != nil
    }

    /// Fails where anything is proven worse; is inconclusive where no comparison would have noticed a doubling of its
    /// error, so that nothing was looked at really; none where there was nothing to compare with.
    public var verdict: Verdict {
        guard !comparisons.isEmpty else { return .none }
        if comparisons.contains(where: { $0.isFailure }) { return .fail }
        return comparisons.contains(where: \.canSeeDoubling) ? .pass : .inconclusive
    }

    public func count(_ outcome: SampleComparison.Outcome) -> Int {
        comparisons.count { $0.outcome == outcome }
    }

    /// Whether everything there is to compare is the same, number by number.
    public var isIdentical: Bool {
        !comparisons.isEmpty && comparisons.allSatisfy { $0.relation == .identical }
    }
}

/// What a series that has no baseline has at a step.
public struct AddedLevel: Sendable {
    public let name: String
    public let measure: String
    /// ms.
    public let h: Double
    /// Nil where nothing could be computed.
    package let estimated: Estimated?
}

extension SampleComparison {
    public var isFailure: Bool { outcome == .worse || outcome == .lost }
}
