import SpikingNumerics

/// What the stationary laws of one neuron demand of a study.
enum StationaryReference {
    /// - Parameters:
    ///   - refusal: Why a neuron does not have the law.
    ///   - observables: Whose means it knows.
    ///   - knows: What it knows, for a sentence.
    static func objections(
        _ problem: Problem, _ measures: [Study.MeasureChoice], refusal: (NeuronModel) -> String?,
        observables: [String], knows: String
    ) -> [ReferenceObjection] {
        problem.models.distinct(refusal).map { ReferenceObjection(reason: $0) } + objections(problem)
            + objections(measures, observables, knows)
    }

    private static func objections(_ problem: Problem) -> [ReferenceObjection] {
        var objections: [ReferenceObjection] = []
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

    private static func objections(
        _ measures: [Study.MeasureChoice], _ observables: [String], _ knows: String
    ) -> [ReferenceObjection] {
        let known = observables.map { Study.MeasureChoice(name: WeakError.name, observable: $0) }
        return measures.enumerated().compactMap { index, measure in
            if known.contains(measure) { return nil }
            return .init(
                place: .measure(index), reason: "\(knows), so \(measure.written) cannot be measured",
                remedy: "keep to \(known.map(\.written).joined(separator: ", "))")
        }
    }
}
