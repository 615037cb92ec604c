import SpikingNumerics

/// The `inputs` of a problem: what comes from outside the network.
extension StudyFileValue {
    private static var example: String { "[{to: all, poisson: {rate: 0.5, height: 0.01}}]" }
    private static var patterns: [String] { ["poisson", "times", "pulse", "uniform"] }

    /// - Parameter network: Nil where it was reported, so that nothing can be checked against it.
    func inputs(to network: Network?, receptors: StudyFileReceptors) -> [ExternalInput]? {
        guard let values = list(of: "inputs", example: Self.example) else { return nil }
        let inputs = values.map { $0.input(to: network, receptors) }
        return inputs.contains { $0 == nil } ? nil : inputs.compactMap { $0 }
    }

    private func input(to network: Network?, _ receptors: StudyFileReceptors) -> ExternalInput? {
        guard
            let keys = mapping(
                keys: ["to", "as"] + Self.patterns, example: "{poisson: {rate: 0.5, height: 0.01}}")
        else { return nil }
        let given = Self.patterns.filter { keys[$0] != nil }
        guard given.count == 1, let name = given.first, let value = keys[name] else {
            report(
                given.isEmpty ? "the input has no pattern" : "the input has \(given.count) patterns",
                remedy: "give one of \(Self.patterns.joined(separator: ", "))")
            return nil
        }
        let isHeld = name == "pulse" || name == "uniform"
        let pattern = value.pattern(name)
        let neurons = keys.optional("to", default: 0..<(network?.neuronCount ?? 0)) { $0.target(in: network) }
        let jump = keys.optional("as", default: isHeld ? .drive : .current) {
            $0.jump("kind of input", among: \.inputs, of: receptors)
        }
        guard let pattern, let neurons, let jump else { return nil }
        return ExternalInput(pattern, jump: jump, neurons: neurons)
    }

    /// A population, a layer, or all neurons.
    private func target(in network: Network?) -> Range<Int>? {
        guard let network else { return text("the name of a population").map { _ in 0..<0 } }
        let names = ["all"] + network.populations.map(\.name)
        let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
        return name("population", among: names, help: "available: \(shown)").map { name in
            network.populations.first { $0.name == name }?.neurons ?? 0..<network.neuronCount
        }
    }
}
