import SpikingNumerics
import Yams

/// The size and the weights of a layered network.
extension StudyFileValue {
    func layeredNetwork(example: String) -> Network? {
        let known = ["layers", "width", "weight", "in_degree", "connectivity_seed"]
        guard let keys = mapping(keys: known, example: example) else { return nil }
        let sizes: ClosedRange<Int128> = 1...Int128(StudyFileTopology.mostNeurons)
        let layers = keys.required("layers", example: "3")?
            .integer(in: sizes, remedy: "give the number of layers, for example 3")
        let width = keys.required("width", example: "4")?
            .integer(in: sizes, remedy: "give the number of neurons in each layer, for example 4")
        guard let layers = layers.map({ Int($0) }), let width = width.map({ Int($0) }) else { return nil }
        guard layers * width <= StudyFileTopology.mostNeurons else {
            report(
                "\(layers) layers of \(width) make \(layers * width) neurons, more than \(StudyFileTopology.mostNeurons)",
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
        guard synapses <= StudyFileTopology.mostSynapses else {
            report(
                "the network has \(synapses) synapses, more than \(StudyFileTopology.mostSynapses)",
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
