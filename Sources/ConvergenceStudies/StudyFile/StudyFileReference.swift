import SpikingNumerics
import Yams

/// The `reference` key: a name, or a name with what it takes.
extension StudyFileValue {
    /// - Parameter problem: Nil where it was reported.
    func reference(for problem: Problem?) -> Study.Reference? {
        guard case .scalar = node else { return keyedReference(for: problem) }
        guard
            let name = name(
                "reference", among: ReferenceCatalogue.names,
                help: "available: \(ReferenceCatalogue.names.joined(separator: ", "))")
        else { return nil }
        return ReferenceCatalogue.kind(named: name).map { Study.Reference($0.usual(for: problem)) }
    }

    private func keyedReference(for problem: Problem?) -> Study.Reference? {
        let example = "exact-event or {\(FineGridReference.name): \(FineGridReference.example)}"
        return mapping(keys: [FineGridReference.name], example: example)?
            .required(FineGridReference.name, example: "{factor: \(FineGridReference.usualFactor)}")?
            .fineGrid(for: problem).map { Study.Reference($0) }
    }

    private func fineGrid(for problem: Problem?) -> FineGridReference? {
        guard let keys = mapping(keys: ["integrator", "factor"], example: FineGridReference.example) else {
            return nil
        }
        let integrator = keys.optional(
            "integrator", default: FineGridReference.usualIntegrator(for: problem)
        ) {
            $0.integrator()
        }
        let factor = keys.optional("factor", default: FineGridReference.usualFactor) { $0.fineGridFactor() }
        guard let integrator, let factor else { return nil }
        return FineGridReference(integrator: integrator, factor: factor)
    }

    private func fineGridFactor() -> Int? {
        let remedy = "give how many times finer than the finest step the grid is, for example 16"
        guard let factor = integer(in: 1...(1 << 16), remedy: remedy) else { return nil }
        guard factor >= 16, factor.nonzeroBitCount == 1 else {
            report("is \(factor) but must be a power of two from 16 on", remedy: remedy)
            return nil
        }
        return Int(factor)
    }
}

extension FineGridReference {
    fileprivate static var example: String {
        "{integrator: exact-propagator+hermite, factor: \(usualFactor)}"
    }
}

/// On the whole study.
extension StudyFileMapping {
    /// Reports all that speaks against the reference, each where it stands.
    func check(_ reference: Study.Reference, problem: Problem, measures: [Study.MeasureChoice]) {
        let other = "choose another with `reference:`; `spikeverify list references` shows all"
        for objection in reference.kind.objections(problem, measures: measures) {
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
