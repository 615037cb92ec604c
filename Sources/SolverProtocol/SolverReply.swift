/// What a solver hands back: its spikes, and V and I at the recorded steps.
public struct SolverReply: Sendable {
    public struct Spike: Hashable, Sendable {
        /// Within the batch, from 0.
        public var path: Int
        public var neuron: Int
        /// ms, by the solver's own convention.
        public var time: Double

        public init(path: Int, neuron: Int, time: Double) {
            self.path = path
            self.neuron = neuron
            self.time = time
        }
    }

    public var identity: SolverIdentity
    /// What the solver declares to do with delays that are no whole number of steps.
    public var delays = DelayRounding.exact
    /// For each path and neuron in order of time.
    public var spikes: [Spike] = []
    /// V and I: [paths, recorded steps, neurons, 2].
    public var states: [Double]

    private let recordCount, neuronCount: Int

    /// A reply without spikes whose states are still to be set: they are NaN, which is refused.
    public init(to request: SolverRequest, identity: SolverIdentity) {
        self.identity = identity
        recordCount = request.recordedSteps.count
        neuronCount = request.neuronCount
        states = .init(repeating: .nan, count: 2 * request.paths.count * recordCount * neuronCount)
    }

    public init(
        to request: SolverRequest, solver: String, version: String, method: String = "",
        precision: String = "float64", stamps: SolverIdentity.Stamps
    ) {
        self.init(
            to: request,
            identity: SolverIdentity(
                solver: solver, version: version, method: method, precision: precision, stamps: stamps))
    }

    public mutating func addSpike(path: Int, neuron: Int, time: Double) {
        spikes.append(Spike(path: path, neuron: neuron, time: time))
    }

    /// - Parameter record: The place of the step among the recorded ones.
    public mutating func setState(
        path: Int, record: Int, neuron: Int, voltage: Double, current: Double
    ) {
        let k = 2 * ((path * recordCount + record) * neuronCount + neuron)
        (states[k], states[k + 1]) = (voltage, current)
    }
}

/// Who solved, and how.
public struct SolverIdentity: Codable, Hashable, Sendable {
    /// Which end of its step a spike is stamped with.
    public enum Stamps: String, Codable, Sendable, CaseIterable {
        /// The spike of the step from t to t + h has the time t; results show it at t + h, where its reset is.
        case stepStart = "step-start"
        /// The spike of the step from t to t + h has the time t + h.
        case stepEnd = "step-end"
        /// Spikes have times of their own, anywhere in a step.
        case interpolated
    }

    public var solver: String
    public var version: String
    public var method: String
    /// What it calculates in: `float64`.
    public var precision: String
    public var stamps: Stamps

    public init(solver: String, version: String, method: String, precision: String, stamps: Stamps) {
        self.solver = solver
        self.version = version
        self.method = method
        self.precision = precision
        self.stamps = stamps
    }
}
