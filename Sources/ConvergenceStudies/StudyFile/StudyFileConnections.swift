import SpikingNumerics

/// The `connections` of a recurrent network.
extension StudyFileValue {
    private static var example: String {
        "[{from: E, to: E, rule: fixed-in-degree, in_degree: 10, weight: 0.01}]"
    }
    /// Pairs of neurons that can be drawn for in a few seconds.
    private static var mostPairs: Double { 1e9 }

    /// - Parameter populations: Nil where they were reported, so that nothing can be checked against them.
    func connections(
        between populations: [RecurrentNetwork.Population]?, receptors: StudyFileReceptors
    ) -> [RecurrentNetwork.Projection]? {
        guard let values = list(of: "connections", example: Self.example, mayBeEmpty: true) else {
            return nil
        }
        let read = values.map { $0.connections(to: populations, receptors) }
        guard !read.contains(where: { $0 == nil }) else { return nil }
        let projections = read.flatMap { $0 ?? [] }
        guard let populations else { return projections }
        let counts = projections.map { $0.counts(populations) }
        let synapses = counts.reduce(0) { $0 + $1.synapses }
        guard synapses <= Double(StudyFileTopology.mostSynapses) else {
            report(
                "the network has about \(synapses.rounded().shortest) synapses, more than "
                    + "\(StudyFileTopology.mostSynapses)",
                remedy: "give smaller in-degrees or probabilities, or make the populations smaller")
            return nil
        }
        let pairs = counts.reduce(0) { $0 + $1.pairs }
        guard pairs <= Self.mostPairs else {
            report(
                "there are \(pairs.shortest) pairs of neurons to choose from, more than \(Self.mostPairs.shortest)",
                remedy: "give in-degrees, or make the populations smaller")
            return nil
        }
        return projections
    }

    /// One for every population that it leads to.
    private func connections(
        to populations: [RecurrentNetwork.Population]?, _ receptors: StudyFileReceptors
    ) -> [RecurrentNetwork.Projection]? {
        let known = [
            "from", "to", "rule", "in_degree", "probability", "width", "weight", "delay", "synapse",
        ]
        let example = "{from: E, to: E, rule: dense, weight: 0.01}"
        guard let keys = mapping(keys: known, example: example) else { return nil }
        let source = keys.required("from", example: "E")?.population(among: populations)
        let targets = keys.required("to", example: "E")?.targets(among: populations)
        // A population and itself: no neuron projects to itself.
        let available = source.flatMap { source in
            populations?.first { $0.name == source }.map {
                $0.size - (targets?.contains(source) == true ? 1 : 0)
            }
        }
        let rule = keys.required("rule", example: "dense")?.rule(keys, availableSources: available)
        let weight = keys.required("weight", example: "0.01")?
            .number(
                .moderate,
                remedy: "give the jump of the target in V-units/ms (delta: V-units), for example 0.01")
        let delay = keys.optional("delay", default: .fixed(0)) { $0.delay() }
        let jump = keys.optional("synapse", default: .current) {
            $0.jump("synapse", among: \.jumps, of: receptors)
        }
        guard let source, let targets, let rule, let weight, let delay, let jump else { return nil }
        return targets.map { target in
            .init(from: source, to: target, rule: rule, weight: weight, delay: delay, jump: jump)
        }
    }

    /// A population, or `all` of them.
    private func targets(among populations: [RecurrentNetwork.Population]?) -> [String]? {
        guard let populations else { return text("the name of a population").map { [$0] } }
        let names = populations.map(\.name)
        return name(
            "population", among: ["all"] + names, help: "available: all, \(names.joined(separator: ", "))"
        )
        .map { $0 == "all" ? names : [$0] }
    }

    private func population(among populations: [RecurrentNetwork.Population]?) -> String? {
        guard let populations else { return text("the name of a population") }
        let names = populations.map(\.name)
        if node.string == "all" {
            report(
                "a connection comes from one population",
                remedy: "write one connection for each of \(names.joined(separator: ", "))")
            return nil
        }
        return name("population", among: names, help: "available: \(names.joined(separator: ", "))")
    }

    /// One number, or the ends of a range.
    private func delay() -> RecurrentNetwork.Delay? {
        let remedy =
            "give a delay in ms, for example 1.5, or the shortest and the longest, for example [1, 2.5]"
        let read = range(.moderateAndNotNegative, remedy: remedy) {
            "the shortest delay, \($0.shortest) ms, is above the longest"
        }
        guard let (delays, last) = read else { return nil }
        last.warnOfTime(delays.upperBound)
        return node.sequence == nil ? .fixed(delays.lowerBound) : .uniform(delays)
    }
}

extension RecurrentNetwork.Projection {
    /// How many synapses are to be expected, and for how many pairs something is drawn.
    fileprivate func counts(_ populations: [RecurrentNetwork.Population]) -> (synapses: Double, pairs: Double)
    {
        func size(_ name: String) -> Double { Double(populations.first { $0.name == name }!.size) }
        let pairs = size(source) * size(target)
        switch rule {
        case .dense: return (pairs, 0)
        case .fixedInDegree(let count): return (Double(count) * size(target), 0)
        case .erdosRenyi(let probability): return (probability * pairs, pairs)
        // √(2π) width of the ring lies under the bell.
        case .gaussian(let probability, let width):
            return (probability * min(1, 2.507 * width) * pairs, pairs)
        }
    }
}
