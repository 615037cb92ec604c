/// What a solver is asked to do: a batch of paths of one problem at one step.
///
/// Arrays are dense, the last index runs fastest.  Times are in ms.
public struct SolverRequest: Sendable {
    /// The version of the protocol.
    public static let protocolVersion = 1

    public enum Mode: String, Codable, Sendable, CaseIterable {
        /// The solver uses the Brownian increments it is given.
        case strong
        /// The solver draws its own noise.
        case weak
        /// There is no noise: every σ is 0.
        case deterministic
    }

    /// A neuron model with the parameters of every neuron.
    public struct Model: Codable, Sendable {
        public var name: String
        /// By name, one value per neuron.
        public var parameters: [String: [Double]]
    }

    /// Synapses, sorted by their source: those of neuron k are `offsets[k]` ..< `offsets[k + 1]`.
    public struct Synapses: Codable, Sendable {
        public var offsets: [Int]
        public var targets: [Int]
        public var weights: [Double]
        /// ms.
        public var delays: [Double]
        public var jumps: [Jump]
    }

    /// What jumps by the weight when a spike arrives.
    public enum Jump: String, Codable, Sendable, CaseIterable {
        case current, voltage, drive
    }

    /// A jump from outside the network.
    public struct Arrival: Hashable, Sendable {
        /// Within the batch, from 0.
        public var path: Int
        public var neuron: Int
        /// ms.
        public var time: Double
        public var height: Double
        public var jump: Jump
    }

    public var mode: Mode
    /// The study's word for the method, which the solver gives its meaning; may be empty.
    public var method: String
    public var model: Model
    public var neuronCount: Int
    public var synapses: Synapses
    /// In order of time for each path and neuron.
    public var arrivals: [Arrival] = []
    /// h in ms.
    public var step: Double
    /// How many steps there are.
    public var steps: Int
    /// The paths' numbers in the study.
    public var paths: Range<Int>
    /// After how many steps V and I are wanted, ascending; the last is `steps`.
    public var recordedSteps: [Int]
    /// V and I at time 0: [paths, neurons, 2].
    public var initial: [Double]
    /// ΔW of every step: [paths, steps, neurons]; empty unless the mode is strong.
    public var increments: [Double] = []
    /// ΔZ = ∫(h-s) dW_s of every step, likewise; empty unless asked for.
    public var integrals: [Double] = []
    /// For solvers that draw their own noise: different for every batch and step, below 2^32.
    public var seed: UInt64 = 0

    /// ms.
    public var duration: Double { Double(steps) * step }

    /// ΔW of one step; in strong mode only.
    public func increment(path: Int, step k: Int, neuron: Int) -> Double {
        increments[(path * steps + k) * neuronCount + neuron]
    }

    /// V and I of a neuron at time 0.
    public func initialState(path: Int, neuron: Int) -> (voltage: Double, current: Double) {
        let k = 2 * (path * neuronCount + neuron)
        return (initial[k], initial[k + 1])
    }

    /// A model parameter of a neuron by its name in study files.
    public func parameter(_ name: String, neuron: Int) -> Double { model.parameters[name]![neuron] }
}
