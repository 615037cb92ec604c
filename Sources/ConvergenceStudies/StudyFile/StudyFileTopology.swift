import SpikingNumerics
import Yams

/// The `topology` key: `single`, or the size and the weights of a layered network.
extension StudyFileValue {
    /// Beyond these sizes a network does not fit into memory together with its paths.
    static var largestNetwork: Int { 100_000 }
    static var mostSynapses: Int { 10_000_000 }

    private static var available: String { "single, or {layers: 3, width: 4, weight: 0.01}" }

    func topology() -> Network? {
        if case .scalar = node {
            guard let name = text("a topology") else { return nil }
            if name == "single" { return .single }
            report("unknown topology \"\(name)\"", remedy: "available: \(Self.available)")
            return nil
        }
        if case .mapping(let mapping) = node,
            let recurrent = mapping.first(where: { $0.key.string == "recurrent" })
        {
            problems.add(
                recurrent.key.mark, keyPath + ".recurrent", "recurrent networks are not available yet",
                "available: \(Self.available)")
            return nil
        }
        let known = ["layers", "width", "weight", "in_degree", "connectivity_seed"]
        return mapping(keys: known, example: Self.available).flatMap(layered)
    }

    private func layered(_ keys: StudyFileMapping) -> Network? {
        let sizes: ClosedRange<Int128> = 1...Int128(Self.largestNetwork)
        let layers = keys.required("layers", example: "3")?
            .integer(in: sizes, remedy: "give the number of layers, for example 3")
        let width = keys.required("width", example: "4")?
            .integer(in: sizes, remedy: "give the number of neurons in each layer, for example 4")
        guard let layers = layers.map({ Int($0) }), let width = width.map({ Int($0) }) else { return nil }
        guard layers * width <= Self.largestNetwork else {
            report(
                "\(layers) layers of \(width) make \(layers * width) neurons, more than \(Self.largestNetwork)",
                remedy: "make the network smaller")
            return nil
        }
        let inDegree = keys.optional("in_degree", default: width) {
            $0.integer(
                in: 1...Int128(width),
                remedy: "every neuron takes input from 1 to \(width) of the layer before"
            )
            .map { Int($0) }
        }
        let seed = connectivitySeed(keys)
        guard let inDegree, let seed, let weights = weights(keys, layers: layers) else { return nil }
        let synapses = (layers - 1) * width * inDegree
        guard synapses <= Self.mostSynapses else {
            report(
                "the network has \(synapses) synapses, more than \(Self.mostSynapses)",
                remedy: "give a smaller in_degree, or make the network smaller")
            return nil
        }
        let isDense = keys["in_degree"] == nil
        return LayeredFeedforward(
            layers: layers, width: width, weights: weights, inDegree: isDense ? nil : inDegree,
            connectivitySeed: seed
        ).network()
    }

    private func connectivitySeed(_ keys: StudyFileMapping) -> UInt64? {
        keys.optional("connectivity_seed", default: 1) {
            guard keys["in_degree"] != nil else {
                $0.report("has no effect on a dense network", remedy: "add in_degree, or remove this key")
                return nil
            }
            return $0.seed()
        }
    }

    /// One weight for every gap between layers, from a number or a list.
    private func weights(_ keys: StudyFileMapping, layers: Int) -> [Double]? {
        guard let value = keys.required("weight", example: "0.01") else { return nil }
        let remedy = "give the jump of the target's current in V-units/ms, for example 0.01"
        guard case .sequence(let sequence) = value.node else {
            return value.number(.moderate, remedy: remedy).map { Array(repeating: $0, count: layers - 1) }
        }
        guard sequence.count == layers - 1 else {
            value.report(
                "the list has \(sequence.count) weights, but \(layers) layers have \(layers - 1) gaps between them",
                remedy: "give one weight for each gap, or one number for all")
            return nil
        }
        let weights = sequence.compactMap {
            StudyFileValue(node: $0, keyPath: value.keyPath, problems: problems).number(
                .moderate, remedy: remedy)
        }
        return weights.count == sequence.count ? weights : nil
    }
}
