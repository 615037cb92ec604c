/// Stationary means of a neuron that are known without simulating it: a reference that is no path.
///
/// As an integrator it does nothing and never fires; weak errors are measured against its means.
public struct StationaryLaw: Integrator {
    public let name: String
    public let declaredOrder: DeclaredOrder
    public let noise = NoiseContent.increments
    /// E φ for observables φ by their names.
    public let means: [String: Known]

    /// A number and how far it may be off.
    public struct Known: Hashable, Sendable {
        public var value: Double
        public var error: Double

        public init(value: Double, error: Double) {
            self.value = value
            self.error = error
        }
    }

    public init(name: String, means: [String: Known], source: String) {
        self.name = name
        self.means = means
        declaredOrder = DeclaredOrder(strong: nil, weak: nil, source: source)
    }

    public func makeRun(problem: Problem, forest: BrownianForest, level: Int) -> any Run {
        SilentRun(neuronCount: problem.network.neuronCount)
    }
}

extension StationaryLaw {
    /// The rate of a leaky neuron with white noise in V.
    ///
    /// - Throws: `GSLError` where Siegert's integral does not converge.
    public static func siegert(_ model: NeuronModel) throws -> StationaryLaw {
        let rate = try SiegertRate(
            membraneTimeConstant: model.membraneTimeConstant, restingPotential: model.restingPotential,
            threshold: model.threshold, reset: model.reset, drive: model.drive,
            noiseStrength: model.noiseStrength, refractoryPeriod: model.refractoryPeriod
        ).rate
        return StationaryLaw(
            name: "siegert", means: ["firing-rate": .init(value: rate, error: 1e-12 * rate)],
            source: "Siegert 1951, doi:10.1103/PhysRev.81.617")
    }

    /// Why a neuron's rate is not Siegert's; nil where it is.
    public static func refusalOfSiegert(_ model: NeuronModel) -> String? {
        model.noiseEntry == .voltage && model.nonlinearity == nil
            ? nil
            : "Siegert's formula holds for a leaky neuron with white noise in V (model: white-noise-lif)"
    }
}

/// A run in which nothing ever happens.
private final class SilentRun: Run {
    let recordedVoltages: [[Lanes]]

    init(neuronCount: Int) {
        recordedVoltages = .init(repeating: [], count: neuronCount)
    }

    func start(_ states: [LaneState]) {}
    func advance(_ neurons: Range<Int>, through windows: [NoiseWindow]) {}
    func state(neuron: Int) -> LaneState { LaneState(voltage: .zero, current: .zero) }
    func setState(_ state: LaneState, neuron: Int) {}
    func spikes(neuron: Int, lane: Int) -> [Spike] { [] }
}
