import SpikingNumerics

/// Measures are refused where a problem has no such thing.
extension StudyFileValue {
    /// On the `measures` key.
    func checkProbes(_ problem: Problem) {
        for entry in node.sequence ?? [] {
            guard let name = entry.string else { continue }
            let needs = MeasureFamilies.needs(of: name)?.refusal(of: problem).map { "\(name) \($0)" }
            let reasons =
                [needs].compactMap { $0 }
                + (ProbeCatalogue.kind(ofMeasure: name)?.refusals(of: problem) ?? [])
            for reason in reasons {
                problems.add(entry.mark, keyPath, reason, "remove \(name) from the measures")
            }
        }
    }
}
