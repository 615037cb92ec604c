import SpikingNumerics

/// Every reference there is.
public enum ReferenceCatalogue {
    /// The more accurate before the less accurate.
    static let kinds: [any ReferenceKind.Type] = [
        ExactEventReference.self, FokkerPlanckReference.self, SiegertReference.self, RungeKuttaReference.self,
        FineGridReference.self,
    ]

    public static var references: [(name: String, summary: String)] { kinds.map { ($0.name, $0.summary) } }
    public static var names: [String] { kinds.map { $0.name } }

    static func kind(named name: String) -> (any ReferenceKind.Type)? { kinds.first { $0.name == name } }

    /// What a reference is, by the name that results give it; nil where there is no more to say.
    package static func explanation(of name: String) -> String? { kind(named: name)?.explanation }

    /// The most accurate reference that nothing speaks against; the exact process's where something does against each.
    static func chosen(for problem: Problem, measures: [Study.MeasureChoice]) -> Study.Reference {
        let candidates = kinds.filter { $0.isChosenUnasked }.map { Study.Reference($0.usual(for: problem)) }
        return candidates.first { $0.kind.objections(problem, measures: measures).isEmpty } ?? .exactEvent
    }
}
