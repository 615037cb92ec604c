/// What is to be simulated: neurons on a network, from an initial state, with inputs from outside, for a duration.
public struct Problem: Hashable, Sendable {
    public enum InitialState: Hashable, Sendable {
        /// Every neuron starts at this V (V-units, below threshold) and I (V-units/ms).
        case fixed(voltage: Double, current: Double)
        /// The V and I of each neuron.
        case perNeuron([NeuronState])
        /// Every neuron starts at a V (V-units) drawn uniformly for each path, and at this I (V-units/ms).
        case uniform(voltages: ClosedRange<Double>, current: Double)
        /// Every neuron has run for this many ms under the exact dynamics (or the reference's, where there is no exact
        /// solution), from V = V_r and I = 0.
        case stationary(burnIn: Double)
    }

    /// V (V-units) and I (V-units/ms) of one neuron.
    public struct NeuronState: Hashable, Sendable {
        public var voltage: Double
        public var current: Double

        public init(voltage: Double, current: Double) {
            self.voltage = voltage
            self.current = current
        }
    }

    /// The different neurons there are.
    public var models: [NeuronModel]
    /// Which of `models` each neuron is; empty where all are the first.
    public var modelIndices: [Int]
    public var network: Network
    public var initial: InitialState
    /// Inputs from outside the network.
    public var inputs: [ExternalInput]
    /// T in ms.
    public var duration: Double
    /// What some of the inputs do together; nil where none of them is a ramp.
    public var ramp: DriveRamp?
    /// The names of the receptors that every neuron has.
    public var receptorNames: [String] = []

    /// Neurons that are all alike.
    public init(
        model: NeuronModel = NeuronModel(), network: Network = .single,
        initial: InitialState = .fixed(voltage: 0, current: 0), inputs: [ExternalInput] = [], duration: Double
    ) {
        self.init(
            models: [model], modelIndices: [], network: network, initial: initial, inputs: inputs,
            duration: duration)
    }

    /// Neurons of several kinds.
    ///
    /// - Parameter modelIndices: For each neuron its place in `models`; empty where all are the first.
    public init(
        models: [NeuronModel], modelIndices: [Int], network: Network, initial: InitialState,
        inputs: [ExternalInput] = [], duration: Double
    ) {
        precondition(
            modelIndices.isEmpty || modelIndices.count == network.neuronCount, "one model for each neuron")
        self.models = models
        self.modelIndices = modelIndices
        self.network = network
        self.initial = initial
        self.inputs = inputs
        self.duration = duration
    }

    /// Whether paths differ at all, by noise, or by inputs or initial states that are drawn for each of them.
    public var isRandom: Bool {
        if case .uniform = initial { return true }
        return hasNoise || inputs.contains(where: \.isRandom)
    }

    /// Whether any neuron has noise of its own.
    var hasNoise: Bool { models.contains { $0.noiseStrength > 0 } }

    public func modelIndex(neuron: Int) -> Int { modelIndices.isEmpty ? 0 : modelIndices[neuron] }

    public func model(neuron: Int) -> NeuronModel { models[modelIndex(neuron: neuron)] }

    /// Ranges of neurons of one model each, in order.
    var likeNeurons: [Range<Int>] {
        guard !modelIndices.isEmpty else { return [0..<network.neuronCount] }
        var ranges: [Range<Int>] = []
        for neuron in modelIndices.indices {
            if let last = ranges.last, modelIndices[last.lowerBound] == modelIndices[neuron] {
                ranges[ranges.count - 1] = last.lowerBound..<neuron + 1
            } else {
                ranges.append(neuron..<neuron + 1)
            }
        }
        return ranges
    }
}
