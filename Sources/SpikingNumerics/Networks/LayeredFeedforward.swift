import NumericalMethods

/// Layers of equal width, each projecting to the next.
///
/// Layer k (counted from 1) is the population `layer-k` and holds neurons (k-1)·width ..< k·width.
public struct LayeredFeedforward: Hashable, Sendable {
    /// How many layers, at least 1.
    public var layers: Int
    /// Neurons in each layer, at least 1.
    public var width: Int
    /// Weight of every synapse from layer k to layer k+1, in V-units/ms; one number fewer than there are layers.
    public var weights: [Double]
    /// How many neurons of the layer before project to a neuron; nil for all of them.
    public var inDegree: Int?
    /// Chooses the sources where `inDegree` is given.
    public var connectivitySeed: UInt64

    public init(
        layers: Int, width: Int, weights: [Double], inDegree: Int? = nil, connectivitySeed: UInt64 = 1
    ) {
        precondition(layers >= 1 && width >= 1, "a layer has at least one neuron")
        precondition(weights.count == layers - 1, "one weight for every gap between layers")
        precondition(
            inDegree.map { (1...width).contains($0) } ?? true, "as many sources as a layer has neurons")
        self.layers = layers
        self.width = width
        self.weights = weights
        self.inDegree = inDegree
        self.connectivitySeed = connectivitySeed
    }

    /// The neurons, populations and synapses.
    ///
    /// Sources are drawn layer by layer and target by target, so adding a layer leaves the others as they are.
    public func network() -> Network {
        var generator = SplitMix64(seed: connectivitySeed)
        var candidates = Array(0..<width)
        var synapses: [Network.Synapse] = []
        for (gap, weight) in weights.enumerated() {
            for target in 0..<width {
                for source in sources(from: &candidates, &generator) {
                    synapses.append(
                        .init(
                            source: gap * width + source, target: (gap + 1) * width + target, weight: weight))
                }
            }
        }
        let populations = (0..<layers).map {
            Network.Population(name: "layer-\($0 + 1)", neurons: $0 * width..<($0 + 1) * width)
        }
        return Network(neuronCount: layers * width, populations: populations, synapses: synapses)
    }

    /// `inDegree` different places of a layer, by as many swaps of a Fisher-Yates shuffle.
    ///
    /// - Parameter candidates: All places of the layer in any order, which they are left in for the next target: a
    ///   partial shuffle is uniform whatever it starts from.
    private func sources(from candidates: inout [Int], _ generator: inout SplitMix64) -> ArraySlice<Int> {
        guard let inDegree else { return candidates[...] }
        for k in 0..<inDegree { candidates.swapAt(k, k + generator.next(below: width - k)) }
        return candidates[..<inDegree]
    }
}
