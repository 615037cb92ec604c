/// Something that turns noise into voltages and spikes, with a step of its own.  A reference is an ordinary integrator.
public protocol Integrator: Sendable {
    /// The name in study files and reports.
    var name: String { get }

    /// What is known of its convergence.
    var declaredOrder: DeclaredOrder { get }

    /// What it takes of the noise.
    var noise: NoiseContent { get }

    /// Why it cannot integrate this neuron, as a sentence without its subject's name; nil where it can.
    func refusal(_ model: NeuronModel) -> String?

    /// Why it cannot integrate this neuron in steps of this length (ms), likewise.
    func refusal(_ model: NeuronModel, step: Double) -> String?

    /// A run whose steps are the cells of `level`.
    func makeRun(problem: Problem, forest: BrownianForest, level: Int) -> any Run

    /// d/dt log of a small difference in V between spikes, under steps of this length (ms), in 1/ms.
    func leakRate(model: NeuronModel, step: Double) -> Double

    /// Whether it wants to know a Brownian path that moves no neuron, too.
    var recordsNoise: Bool { get }

    /// Whether it compares V with the threshold at the ends of steps, and with nothing else.
    var looksAtGridPointsOnly: Bool { get }
}

extension Integrator {
    public var noise: NoiseContent { .functionals }

    public var looksAtGridPointsOnly: Bool { false }

    public var recordsNoise: Bool { false }

    public func refusal(_ model: NeuronModel) -> String? { nil }

    public func refusal(_ model: NeuronModel, step: Double) -> String? { nil }

    public func leakRate(model: NeuronModel, step: Double) -> Double { -1 / model.membraneTimeConstant }
}

/// Orders of convergence that a scheme or a rule claims, with the source of the claim.
public struct DeclaredOrder: Hashable, Sendable {
    /// Strong order on this model's additive noise away from spikes; nil where there is no error to speak of.
    public var strong: Double?
    public var weak: Double?
    public var source: String

    public init(strong: Double?, weak: Double?, source: String) {
        self.strong = strong
        self.weak = weak
        self.source = source
    }
}
