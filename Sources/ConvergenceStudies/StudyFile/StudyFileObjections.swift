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

extension Study.Reference {
    /// All of them at once, so that a study is put right in one go; empty where nothing speaks against it.
    func objections(_ problem: Problem, measures: [Study.MeasureChoice]) -> [ReferenceObjection] {
        switch self {
        case .exactEvent: ExactEvent().objections(problem)
        case .rungeKutta:
            RungeKutta().objections(problem)
                + (problem.network.shortestFeedback.isFinite
                    ? [.init(reason: "it takes neurons one after the other, and synapses lead back")] : [])
        case .fineGrid(let name, _):
            IntegratorCatalogue.integrator(named: name)?.objections(problem) ?? []
        case .siegert:
            Self.objections(to: StationaryLaw.refusalOfSiegert, problem)
                + Self.objections(measures, other: ["firing-rate"]) {
                    "it knows the rate and no path, so \($0)"
                }
        case .fokkerPlanck:
            Self.objections(to: StationaryLaw.refusalOfFokkerPlanck, problem)
                + Self.objections(measures, other: FokkerPlanck.Quantity.observables.keys.sorted()) {
                    "it knows means and no path, so \($0)"
                }
        }
    }

    /// What a stationary law of one neuron demands.
    private static func objections(
        to refusal: (NeuronModel) -> String?, _ problem: Problem
    ) -> [ReferenceObjection] {
        var objections = problem.models.distinct(refusal).map { ReferenceObjection(reason: $0) }
        let neurons = problem.network.neuronCount
        if neurons > 1 {
            objections.append(
                .init(
                    place: .problem("topology"), reason: "it is about one neuron, and here are \(neurons)",
                    remedy: "write topology: single"))
        }
        if !problem.inputs.isEmpty {
            objections.append(
                .init(
                    place: .problem("inputs"), reason: "it is about a neuron without inputs",
                    remedy: "remove the inputs"))
        }
        guard case .stationary = problem.initial else {
            return objections + [
                .init(
                    place: .problem("initial"), reason: "it is about the stationary state",
                    remedy: "write initial: {stationary: 500}")
            ]
        }
        return objections
    }

    /// - Parameter observables: Whose weak errors it can measure.
    private static func objections(
        _ measures: [Study.MeasureChoice], other observables: [String], _ reason: (String) -> String
    ) -> [ReferenceObjection] {
        let known = observables.map { "{weak: \($0)}" }
        return measures.enumerated().compactMap { index, measure in
            if measure.name == "weak", observables.contains(measure.observable) { return nil }
            return .init(
                place: .measure(index), reason: reason("\(measure.written) cannot be measured"),
                remedy: "keep to \(known.joined(separator: ", "))")
        }
    }

    /// The most accurate reference that nothing speaks against; the exact process's where something does against each.
    static func chosen(for problem: Problem, measures: [Study.MeasureChoice]) -> Study.Reference {
        let candidates = [.exactEvent, .siegert, .rungeKutta, usualFineGrid(problem)]
        return candidates.first { $0.objections(problem, measures: measures).isEmpty } ?? .exactEvent
    }
}

extension Integrator {
    fileprivate func objections(_ problem: Problem) -> [ReferenceObjection] {
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

/// On the whole study.
extension StudyFileMapping {
    /// Reports all that speaks against the reference, each where it stands.
    func check(_ reference: Study.Reference, problem: Problem, measures: [Study.MeasureChoice]) {
        let other = "choose another with `reference:`; `spikeverify list references` shows all"
        for objection in reference.objections(problem, measures: measures) {
            let value =
                switch objection.place {
                case .reference: self["reference"] ?? self["problem"]
                case .problem(let key): self["problem"]?.child(key)
                case .measure(let index): self["measures"]?.element(index)
                }
            value?.report(
                "the reference \(reference.name) does not do for this study: \(objection.reason)",
                remedy: objection.remedy.map { "\($0), or \(other)" } ?? other)
        }
    }
}

extension StudyFileValue {
    /// An element of a list that is known to have it.
    fileprivate func element(_ index: Int) -> StudyFileValue {
        guard let sequence = node.sequence, sequence.indices.contains(index) else { return self }
        return StudyFileValue(node: sequence[index], keyPath: keyPath, problems: problems)
    }
}
