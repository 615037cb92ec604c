/// Neurons and the directed, weighted synapses between them.
///
/// Neurons are numbered 0 ..< `neuronCount` in an order in which every synapse leads from a lower to a higher
/// number (feedforward).  `populations` names ranges of neurons that are reported on their own.
public struct Network: Hashable, Sendable {
    public struct Synapse: Hashable, Sendable {
        public var source: Int
        public var target: Int
        /// Jump of the target's current at a spike of the source, in V-units/ms.
        public var weight: Double

        public init(source: Int, target: Int, weight: Double) {
            self.source = source
            self.target = target
            self.weight = weight
        }
    }

    public struct Population: Hashable, Sendable {
        public var name: String
        public var neurons: Range<Int>

        public init(name: String, neurons: Range<Int>) {
            self.name = name
            self.neurons = neurons
        }
    }

    public let neuronCount: Int
    public let populations: [Population]
    /// Synapses leaving neuron k, in order of their targets.
    public let outgoing: [[Synapse]]
    /// Whether anything projects to neuron k.
    public let receivesInput: [Bool]

    public init(neuronCount: Int, populations: [Population] = [], synapses: [Synapse] = []) {
        var outgoing = [[Synapse]](repeating: [], count: neuronCount)
        var receivesInput = [Bool](repeating: false, count: neuronCount)
        for synapse in synapses {
            precondition(synapse.source < synapse.target, "a feedforward synapse leads to a higher number")
            outgoing[synapse.source].append(synapse)
            receivesInput[synapse.target] = true
        }
        self.neuronCount = neuronCount
        self.populations = populations
        self.outgoing = outgoing.map { $0.sorted { $0.target < $1.target } }
        self.receivesInput = receivesInput
    }

    /// One neuron and no synapse.
    public static let single = Network(neuronCount: 1)
}
