import SpikingNumerics
import Yams

/// The `populations` of a recurrent network: `{E: {size: 80, parameters: {…}}, I: {size: 20}}`.
extension StudyFileValue {
    private static var example: String { "{E: {size: 80}, I: {size: 20, parameters: {tau_m: 10}}}" }
    /// More would make a report that nobody can read.
    private static var mostPopulations: Int { 1000 }
    /// Names with another meaning: of cases in results, and of the target of inputs.
    private static var reserved: [String] { ["network", "replay", "all"] }

    /// - Parameter base: What populations have parameters of their own in place of; nil where it was reported.
    func populations(
        over base: NeuronModel?, receptors: StudyFileReceptors
    ) -> [RecurrentNetwork.Population]? {
        guard case .mapping(let mapping) = node else {
            report(
                "is \(description) where a mapping of populations is wanted",
                remedy: "write it like \(Self.example)")
            return nil
        }
        guard (1...Self.mostPopulations).contains(mapping.count) else {
            report(
                "has \(mapping.count) populations, but must have 1 to \(Self.mostPopulations)",
                remedy: "write it like \(Self.example)")
            return nil
        }
        let populations = mapping.map { population($0.key, $0.value, over: base, receptors) }
        guard !populations.contains(where: { $0 == nil }) else { return nil }
        let size = populations.reduce(0) { $0 + $1!.size }
        guard size <= StudyFileTopology.mostNeurons else {
            report(
                "the populations have \(size) neurons, more than \(StudyFileTopology.mostNeurons)",
                remedy: "make the network smaller")
            return nil
        }
        return populations.compactMap { $0 }
    }

    private func population(
        _ key: Node, _ value: Node, over base: NeuronModel?, _ receptors: StudyFileReceptors
    ) -> RecurrentNetwork.Population? {
        guard let name = ownName(key, of: "population", reserved: Self.reserved) else { return nil }
        let value = StudyFileValue(node: value, keyPath: "\(keyPath).\(name)", problems: problems)
        guard let keys = value.mapping(keys: ["size", "parameters", "receptors"], example: "{size: 80}")
        else { return nil }
        let size = keys.required("size", example: "80")?
            .integer(
                in: 1...Int128(StudyFileTopology.mostNeurons),
                remedy: "give the number of neurons, for example 80")
        let model = keys.optional("parameters", default: base ?? NeuronModel()) {
            $0.parameters(over: base, name: "problem.parameters")
        }
        let own = keys.optional("receptors", default: receptors.receptors ?? Receptors()) {
            $0.receptors(in: receptors)
        }
        guard let size, var model, let own else { return nil }
        model.receptors = own
        problems.place(key.mark, value.keyPath, of: name)
        return RecurrentNetwork.Population(name: name, size: Int(size), model: model)
    }
}
