import SpikingNumerics
import Yams

/// Who there is, and who projects to whom.
struct StudyFileTopology {
    var network: Network
    var models: [NeuronModel]
    /// For each neuron its place in `models`; empty where all are the first.
    var modelIndices: [Int] = []
    /// Tells files with edges apart; nil where there is none.
    var edgesHash: String?

    /// Neurons that are all alike.
    ///
    /// - Parameter model: nil where it was reported; the default neuron then stands in for it.
    init(_ network: Network, of model: NeuronModel?) {
        self.network = network
        models = [model ?? NeuronModel()]
    }

    init(_ network: Network, models: [NeuronModel], modelIndices: [Int], edgesHash: String?) {
        self.network = network
        self.models = models
        self.modelIndices = modelIndices
        self.edgesHash = edgesHash
    }

    /// The model of each neuron.
    var neurons: [NeuronModel] {
        modelIndices.isEmpty
            ? .init(repeating: models[0], count: network.neuronCount) : modelIndices.map { models[$0] }
    }

    /// Beyond these sizes a network does not fit into memory together with its paths.
    static let mostNeurons = 100_000
    static let mostSynapses = 10_000_000
}

/// The `topology` key: `single`, a layered network, or a recurrent one.
extension StudyFileValue {
    private static var available: String {
        "single, {layers: 3, width: 4, weight: 0.01}, or {recurrent: {populations: …, connections: …}}"
    }

    /// - Parameter model: What `problem.parameters` describe; nil where they were reported.
    func topology(of model: NeuronModel?, receptors: StudyFileReceptors) -> StudyFileTopology? {
        if case .scalar = node {
            guard let name = text("a topology") else { return nil }
            if name == "single" { return StudyFileTopology(.single, of: model) }
            report("unknown topology \"\(name)\"", remedy: "available: \(Self.available)")
            return nil
        }
        if case .mapping(let mapping) = node, mapping.contains(where: { $0.key.string == "recurrent" }) {
            return self.mapping(keys: ["recurrent"], example: Self.available)?
                .required("recurrent", example: "{populations: {E: {size: 80}}, connections: […]}")?
                .recurrent(over: model, receptors: receptors)
        }
        return layeredNetwork(example: Self.available).map { StudyFileTopology($0, of: model) }
    }
}
