/// How V and I go from one grid point to the next between spikes, and how an event inside a step is felt at its end.
public protocol Scheme: Sendable {
    static var name: String { get }
    static var declaredOrder: DeclaredOrder { get }
    /// What a step takes of the noise: ΔW, ΔW and ΔZ through ``BrownianIncrements``, the noise in I and V, or all.
    static var noise: NoiseContent { get }

    /// Why the scheme cannot integrate this neuron; nil where it can.
    static func refusal(_ model: NeuronModel) -> String?

    /// - Parameter step: h in ms.
    init(model: NeuronModel, step: Double)

    /// One step.
    func advance(_ state: inout LaneState, noise: CellNoise)

    /// What is left of a difference in V after `elapsed` ms of the same step.
    func voltageDecay(after elapsed: Double) -> Double

    /// What a unit jump of I has done to (V, I) after `elapsed` ms of the same step.
    func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double)

    /// What a unit of extra μ has done to V after `elapsed` ms of the same step.
    func driveResponse(_ model: NeuronModel, after elapsed: Double) -> Double

    /// What `elapsed` ms of a step make of a receptor; nil where the scheme knows of none.
    static func receptorStep(_ rates: ReceptorRates, after elapsed: Double) -> ReceptorStep?
}

extension Scheme {
    public static var noise: NoiseContent { .functionals }

    public static func refusal(_ model: NeuronModel) -> String? { nil }

    public static func receptorStep(_ rates: ReceptorRates, after elapsed: Double) -> ReceptorStep? { nil }

    /// That of a scheme to which μ is a part of what V leaks to.
    public func driveResponse(_ model: NeuronModel, after elapsed: Double) -> Double {
        model.leakRate == 0 ? elapsed : (1 - voltageDecay(after: elapsed)) / model.leakRate
    }
}
