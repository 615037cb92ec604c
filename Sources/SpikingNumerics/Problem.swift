/// What is to be simulated: a neuron model on a network, from an initial state, for a duration.
public struct Problem: Hashable, Sendable {
    public enum InitialState: Hashable, Sendable {
        /// Every neuron starts at this V (V-units, below threshold) and I (V-units/ms).
        case fixed(voltage: Double, current: Double)
        /// The V and I of each neuron.
        case perNeuron([NeuronState])
        /// Every neuron has run for this many ms under the exact dynamics, from V = V_r and I = 0.
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

    public var model: CurrentLIF
    public var network: Network
    public var initial: InitialState
    /// T in ms.
    public var duration: Double

    public init(
        model: CurrentLIF = CurrentLIF(), network: Network = .single,
        initial: InitialState = .fixed(voltage: 0, current: 0), duration: Double
    ) {
        self.model = model
        self.network = network
        self.initial = initial
        self.duration = duration
    }
}
