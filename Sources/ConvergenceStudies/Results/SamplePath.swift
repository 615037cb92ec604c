/// One path of one neuron, exact and by an integrator on the same noise.
public struct SamplePath: Codable, Equatable, Sendable {
    public struct Trace: Codable, Equatable, Sendable {
        public var integrator: String
        public var h: Double?
        /// ms.  A spike appears as two points, V_th and V_r, a rounding error apart in time.
        public var times: [Double]
        public var voltages: [Double]
        public var spikes: [Double]

        public init(integrator: String, h: Double?, times: [Double], voltages: [Double], spikes: [Double]) {
            self.integrator = integrator
            self.h = h
            self.times = times
            self.voltages = voltages
            self.spikes = spikes
        }
    }

    public var path: Int
    public var neuron: Int
    public var threshold: Double
    public var reset: Double
    /// The part worth enlarging, in ms: around the spike that only one of the two solutions has, or, where they never
    /// come apart, around the spike with the smallest crossing speed.
    public var closeUp: [Double]
    /// The crossing speed of the spike there, in V-units/ms.
    public var crossingSpeed: Double?
    public var reference: Trace
    public var tested: Trace

    public init(
        path: Int, neuron: Int, threshold: Double, reset: Double, closeUp: [Double], crossingSpeed: Double?,
        reference: Trace, tested: Trace
    ) {
        self.path = path
        self.neuron = neuron
        self.threshold = threshold
        self.reset = reset
        self.closeUp = closeUp
        self.crossingSpeed = crossingSpeed
        self.reference = reference
        self.tested = tested
    }

    enum CodingKeys: String, CodingKey {
        case path, neuron, threshold, reset, reference, tested
        case closeUp = "close_up"
        case crossingSpeed = "crossing_speed"
    }
}
