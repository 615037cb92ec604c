import SpikingNumerics

/// The `recurrent` topology: populations, and connections between them by rules or an explicit list of edges.
extension StudyFileValue {
    func recurrent(over base: NeuronModel?, receptors: StudyFileReceptors) -> StudyFileTopology? {
        let known = ["populations", "connections", "connectivity_seed", "edges"]
        let example =
            "{populations: {E: {size: 80}}, connections: […]} or {populations: {…}, edges: edges.csv}"
        guard let keys = mapping(keys: known, example: example) else { return nil }
        let populations = keys.required("populations", example: "{E: {size: 80}, I: {size: 20}}")?
            .populations(over: base, receptors: receptors)
        if let edges = keys["edges"] {
            if let other = keys["connections"] ?? keys["connectivity_seed"] {
                other.report(
                    "edges are given already, and leave nothing to draw", remedy: "remove one of the two")
                return nil
            }
            guard let populations else { return nil }
            let neurons = RecurrentNetwork(populations: populations, projections: [])
            return edges.edgeList(between: neurons.network(), receptors: receptors).map {
                StudyFileTopology(
                    $0.network, models: populations.map(\.model), modelIndices: neurons.modelIndices,
                    edgesHash: $0.hash)
            }
        }
        let connection = "[{from: E, to: E, rule: fixed-in-degree, in_degree: 10, weight: 0.01, delay: 1.5}]"
        let projections = keys.required("connections", example: connection)?.connections(
            between: populations, receptors: receptors)
        let seed = connectivitySeed(keys, projections)
        guard let populations, let projections, let seed else { return nil }
        let recurrent = RecurrentNetwork(
            populations: populations, projections: projections, connectivitySeed: seed)
        return StudyFileTopology(
            recurrent.network(), models: populations.map(\.model), modelIndices: recurrent.modelIndices,
            edgesHash: nil)
    }

    private func connectivitySeed(
        _ keys: StudyFileMapping, _ projections: [RecurrentNetwork.Projection]?
    ) -> UInt64? {
        keys.optional("connectivity_seed", default: 1) { value in
            if let projections, !projections.contains(where: \.isRandom) {
                value.report(
                    "has no effect where all connections are dense and all delays are given",
                    remedy: "remove this key")
                return nil
            }
            return value.seed()
        }
    }
}

extension RecurrentNetwork.Projection {
    fileprivate var isRandom: Bool {
        if case .uniform = delay { return true }
        return rule != .dense
    }
}
