extension StudyResult {
    /// What all expectations together amount to: one failure is a failure; none where nothing was expected.
    public var verdict: Verdict {
        let verdicts = Set(orders.map(\.verdict))
        return [.fail, .inconclusive, .pass].first(where: verdicts.contains) ?? Verdict.none
    }
}

/// Three-way verdicts: pass only if the whole interval lies where it is expected, fail only if none of it does.
extension Study.Expectation {
    /// - Parameters low, high: The interval of the observed order; nil where there is no order.
    func verdict(low: Double?, high: Double?) -> Verdict {
        guard let low, let high else { return .inconclusive }
        switch kind {
        case .equals:
            if low >= order - tolerance, high <= order + tolerance { return .pass }
            return low > order + tolerance || high < order - tolerance ? .fail : .inconclusive
        case .atLeast, .bound:
            // A bound says that the error falls at least this fast.
            if low >= order - tolerance { return .pass }
            return high < order - tolerance ? .fail : .inconclusive
        }
    }
}
