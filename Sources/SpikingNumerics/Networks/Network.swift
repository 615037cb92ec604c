/// Neurons and the directed, weighted, delayed synapses between them.
///
/// Neurons are numbered from 0; `populations` names ranges of neurons that are reported on their own.
public struct Network: Hashable, Sendable {
    /// What an event does to the neuron it reaches.
    public enum Jump: Hashable, Sendable {
        /// I jumps, in V-units/ms: an exponential synapse.
        case current
        /// V jumps, in V-units: a delta synapse.  Lost on a neuron that is refractory.
        case voltage
        /// μ jumps, in V-units/ms, and stays.
        case drive
        /// The current of the receptor of this number, which jumps or rises by so many V-units/ms.
        case receptor(UInt8)

        /// Whether it acts neither on I nor on a receptor.
        package var isOfVoltageOrDrive: Bool { self == .voltage || self == .drive }
    }

    public struct Synapse: Hashable, Sendable {
        public var source: Int
        public var target: Int
        /// Height of the jump at a spike of the source.
        public var weight: Double
        /// D in ms, not negative.
        public var delay: Double
        public var jump: Jump

        public init(source: Int, target: Int, weight: Double, delay: Double = 0, jump: Jump = .current) {
            self.source = source
            self.target = target
            self.weight = weight
            self.delay = delay
            self.jump = jump
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
    /// Places among them in order of their delays; empty where they are in that order.
    let delayOrder: [[Int32]]
    /// Whether anything projects to neuron k.
    public let receivesInput: [Bool]
    /// The shortest delay of a synapse that does not lead to a higher number, in ms; infinite where all do.  Within a
    /// time shorter than this, neurons can be visited one after the other in ascending order.
    public let shortestFeedback: Double
    /// The longest delay, in ms.
    public let longestDelay: Double
    /// Whether a synapse makes anything but I or a receptor jump.
    let hasOtherJumps: Bool

    /// - Precondition: every synapse joins two of the neurons, and no delay is negative.
    public init(neuronCount: Int, populations: [Population] = [], synapses: [Synapse] = []) {
        var outgoing = [[Synapse]](repeating: [], count: neuronCount)
        var receivesInput = [Bool](repeating: false, count: neuronCount)
        for synapse in synapses {
            precondition(synapse.delay >= 0, "a spike cannot arrive before it is sent")
            outgoing[synapse.source].append(synapse)
            receivesInput[synapse.target] = true
        }
        self.neuronCount = neuronCount
        self.populations = populations
        self.outgoing = outgoing.map { $0.sorted { $0.target < $1.target } }
        delayOrder = self.outgoing.map(Self.delayOrder)
        self.receivesInput = receivesInput
        shortestFeedback = synapses.filter { $0.source >= $0.target }.map(\.delay).min() ?? .infinity
        longestDelay = synapses.map(\.delay).max() ?? 0
        hasOtherJumps = synapses.contains { $0.jump.isOfVoltageOrDrive }
    }

    /// Whether no spike comes back within so many ms, so that neurons can be visited one after the other.
    func isFeedforward(within duration: Double) -> Bool { shortestFeedback >= duration }

    /// The same neurons, which receive as before but send nothing.
    func silenced() -> Network { Network(silencing: self) }

    private init(silencing network: Network) {
        neuronCount = network.neuronCount
        populations = network.populations
        outgoing = .init(repeating: [], count: network.neuronCount)
        delayOrder = .init(repeating: [], count: network.neuronCount)
        receivesInput = network.receivesInput
        shortestFeedback = .infinity
        longestDelay = network.longestDelay
        hasOtherJumps = network.hasOtherJumps
    }

    /// One neuron and no synapse.
    public static let single = Network(neuronCount: 1)
}
