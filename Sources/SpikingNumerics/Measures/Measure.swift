/// One path of the reference and of a tested run, side by side.
public struct PathComparison: Sendable {
    /// One neuron on that path.
    public struct Neuron: Sendable {
        public var referenceVoltage, testedVoltage: Double
        public var referenceCurrent, testedCurrent: Double
        public var referenceSpikes, testedSpikes: [Spike]
        /// Mean over record points of the squared V error.
        public var meanSquaredError: Double
        /// The same over the record points after T/2 only.
        public var lateMeanSquaredError = 0.0
        /// V_th - V_r.
        public var resetHeight: Double
        public var matching: SpikeMatching
        /// What counts as near for its spikes.
        public var scales: SpikeTimeScales
        /// T in ms: both trains are seen from 0 to T.
        public var duration: Double

        public init(
            referenceVoltage: Double, testedVoltage: Double, referenceCurrent: Double, testedCurrent: Double,
            referenceSpikes: [Spike], testedSpikes: [Spike], meanSquaredError: Double,
            resetHeight: Double, matching: SpikeMatching, scales: SpikeTimeScales, duration: Double
        ) {
            self.referenceVoltage = referenceVoltage
            self.testedVoltage = testedVoltage
            self.referenceCurrent = referenceCurrent
            self.testedCurrent = testedCurrent
            self.referenceSpikes = referenceSpikes
            self.testedSpikes = testedSpikes
            self.meanSquaredError = meanSquaredError
            self.resetHeight = resetHeight
            self.matching = matching
            self.scales = scales
            self.duration = duration
        }

        /// The reference's train first.
        public var trains: SpikeTrainPair {
            SpikeTrainPair(referenceSpikes, testedSpikes, duration: duration)
        }
    }

    public var neurons: [Neuron]
    /// E φ by the names of observables φ, where the reference is a ``StationaryLaw`` and no path.
    public var stationaryMeans: [String: StationaryLaw.Known]?
    /// h of the tested run in ms.
    public var step = 0.0

    public init(neurons: [Neuron], stationaryMeans: [String: StationaryLaw.Known]? = nil) {
        self.neurons = neurons
        self.stationaryMeans = stationaryMeans
    }
}

/// An error of one path, and how the errors of many paths make one number.
public protocol Measure: Sendable {
    var descriptor: MeasureDescriptor { get }
    /// What a weak error is the error of; empty otherwise.
    var observable: String { get }
    var estimate: Estimate { get }

    /// What one event, a spike too many, too few or elsewhere, adds to a sample's `value` at the most; 0 where it adds nothing.
    ///
    /// There is no default: intervals rely on it where no path has shown such an event.
    func eventSize(_ scales: EventScales, neurons: Int) -> Double

    /// The error of one path, for a group of neurons.
    func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample

    /// The same of several runs on a path, in order.  A requirement so that what it does by default is compiled for the
    /// measure: a simulation asks for millions of samples.
    func sample(
        _ paths: UnsafeBufferPointer<PathComparison>, neurons: Range<Int>,
        into samples: UnsafeMutablePointer<Sample>
    )
}

extension Measure {
    public var observable: String { "" }
    /// The name of the rows.
    public var name: String { descriptor.name }
    public var summary: String { descriptor.summary }
    public var unit: String { descriptor.unit }
    public var size: NaturalSize { descriptor.size }
    public var needs: MeasureNeeds { descriptor.needs }

    public func sample(
        _ paths: UnsafeBufferPointer<PathComparison>, neurons: Range<Int>,
        into samples: UnsafeMutablePointer<Sample>
    ) {
        for k in paths.indices { samples[k] = sample(paths[k], neurons: neurons) }
    }
}

/// What a measure takes from a path.
public struct Sample: Hashable, Sendable {
    /// Averaged over paths.
    public var value: Double
    /// What `value` is counted per, averaged over paths, too, for estimates that are ratios.
    public var weight: Double
    /// The square of the error, to tell how many paths carry it.
    public var square: Double

    public init(value: Double, weight: Double = 1, square: Double) {
        self.value = value
        self.weight = weight
        self.square = square
    }
}

/// How a measure's value comes from the means of its samples.
public enum Estimate: Sendable {
    /// E value
    case mean
    /// E value, which is 0 or 1 on each path
    case probability
    /// √E value
    case rootMean
    /// E value / E weight
    case ratio
    /// √(E value / E weight)
    case rootRatio

    /// Whether the weights are needed.
    public var isRatio: Bool {
        switch self {
        case .ratio, .rootRatio: true
        case .mean, .probability, .rootMean: false
        }
    }
}
