import SpikingNumerics

/// What speaks against a reference in a study, and where in the file that stands.
struct ReferenceObjection {
    enum Place: Hashable {
        case reference
        /// A key of the `problem`.
        case problem(String)
        /// An entry of the `measures`, by its place in the list.
        case measure(Int)
    }

    var place: Place = .reference
    var reason: String
    /// What to do other than to take another reference; nil where nothing else helps.
    var remedy: String?
}

extension Integrator {
    /// What speaks against it as a reference.
    func objections(_ problem: Problem) -> [ReferenceObjection] {
        problem.models.distinct(refusal).map { ReferenceObjection(reason: $0) }
    }
}

extension [NeuronModel] {
    /// All reasons for which some of them are refused, each once.
    func distinct(_ refusal: (NeuronModel) -> String?) -> [String] {
        compactMap(refusal).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension Study.MeasureChoice {
    /// As study files have it: `strong-final`, `{weak: cos-V}`.
    var written: String { observable.isEmpty ? name : "{\(name): \(observable)}" }
}
