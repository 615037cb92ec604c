import SpikingNumerics

/// Measures are refused where a problem has no such thing.
extension StudyFileValue {
    /// On the `measures` key.
    func checkProbes(_ problem: Problem) {
        for entry in node.sequence ?? [] {
            guard let name = entry.string, let kind = ProbeCatalogue.kind(ofMeasure: name) else { continue }
            for reason in kind.refusals(of: problem) {
                problems.add(entry.mark, keyPath, reason, "remove \(name) from the measures")
            }
        }
    }
}
