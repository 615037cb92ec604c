import Foundation

/// Writes a request into a directory: `request.json` and the arrays it names.
package struct RequestFiles: Encodable {
    private let request: SolverRequest

    static let name = "request.json"

    package init(_ request: SolverRequest) {
        self.request = request
    }

    /// - Throws: What Foundation throws where the directory cannot be written to.
    package func write(to directory: URL) throws {
        let (paths, neurons) = (request.paths.count, request.neuronCount)
        let noise = [paths, request.steps, neurons]
        func save(_ key: CodingKeys, _ values: [Double], _ shape: [Int]) throws {
            try NPY(shape: shape, values: values).bytes.write(to: directory.appending(path: Self.file(key)))
        }
        try save(.initial, request.initial, [paths, neurons, 2])
        if !request.increments.isEmpty { try save(.dW, request.increments, noise) }
        if !request.integrals.isEmpty { try save(.dZ, request.integrals, noise) }
        if !request.arrivals.isEmpty {
            let rows = request.arrivals.flatMap {
                [
                    Double($0.path), Double($0.neuron), $0.time, $0.height,
                    Double(SolverRequest.Jump.allCases.firstIndex(of: $0.jump)!),
                ]
            }
            try save(.arrivals, rows, [request.arrivals.count, 5])
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        // The request comes last and whole, so that whoever sees it finds all that it names.
        try DecimalPoint.written(in: encoder.encode(self)).write(
            to: directory.appending(path: Self.name), options: .atomic)
    }

    private static func file(_ key: CodingKeys) -> String { key.rawValue + ".npy" }

    /// No key occurs twice anywhere in the file, so that a search for it finds it.
    enum CodingKeys: String, CodingKey {
        case `protocol`, mode, method, model, neurons, synapses, h, steps, paths, seed, initial, arrivals, dW,
            dZ
        case firstPath = "first_path"
        case recordedSteps = "recorded_steps"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(SolverRequest.protocolVersion, forKey: .protocol)
        try container.encode(request.mode, forKey: .mode)
        try container.encode(request.method, forKey: .method)
        try container.encode(ModelText(request.model), forKey: .model)
        try container.encode(request.neuronCount, forKey: .neurons)
        try container.encode(SynapsesText(request.synapses), forKey: .synapses)
        try container.encode(DecimalPoint(request.step), forKey: .h)
        try container.encode(request.steps, forKey: .steps)
        try container.encode(request.paths.count, forKey: .paths)
        try container.encode(request.paths.lowerBound, forKey: .firstPath)
        try container.encode(request.recordedSteps, forKey: .recordedSteps)
        try container.encode(request.seed, forKey: .seed)
        try container.encode(Self.file(.initial), forKey: .initial)
        for (key, values) in [(CodingKeys.dW, request.increments), (.dZ, request.integrals)]
        where !values.isEmpty {
            try container.encode(Self.file(key), forKey: key)
        }
        if !request.arrivals.isEmpty { try container.encode(Self.file(.arrivals), forKey: .arrivals) }
    }
}

/// A model with all parameters as numbers with a point.
private struct ModelText: Encodable {
    var name: String
    var parameters: [String: [DecimalPoint]]

    init(_ model: SolverRequest.Model) {
        name = model.name
        parameters = model.parameters.mapValues { $0.map(DecimalPoint.init) }
    }
}

private struct SynapsesText: Encodable {
    var offsets, targets: [Int]
    var weights, delays: [DecimalPoint]
    var jumps: [SolverRequest.Jump]

    init(_ synapses: SolverRequest.Synapses) {
        (offsets, targets, jumps) = (synapses.offsets, synapses.targets, synapses.jumps)
        weights = synapses.weights.map(DecimalPoint.init)
        delays = synapses.delays.map(DecimalPoint.init)
    }
}
