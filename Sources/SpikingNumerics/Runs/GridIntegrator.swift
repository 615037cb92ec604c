import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An integrator on a fixed grid: a scheme for the steps and a rule for the spikes in them.
public struct GridIntegrator<Step: Scheme, Rule: SpikeRule>: Integrator {
    private let advance: GridRun<Step, Rule>.Advance

    /// Inlined where the types are known, as in the catalogue, this makes a closure compiled for just these, and with it
    /// the whole of `integrate(_:through:)`; a method reached through `any Run` would call its scheme through a witness
    /// table at every step.
    @inline(__always)
    public init() {
        advance = { run, neurons, windows throws(SimulationError) in
            try run.integrate(neurons, through: windows)
        }
    }

    public var name: String { Rule.name.isEmpty ? Step.name : Step.name + "+" + Rule.name }

    public var declaredOrder: DeclaredOrder { Step.declaredOrder }

    public var noise: NoiseContent { Step.noise.union(Rule.noise) }

    public var looksAtGridPointsOnly: Bool { Rule.looksAtGridPointsOnly }

    public func makeRun(problem: Problem, forest: BrownianForest, level: Int) -> any Run {
        GridRun(problem: problem, forest: forest, level: level, advance: advance)
    }

    public func refusal(_ model: NeuronModel) -> String? {
        reasons(Step.refusal(model), Rule.refusal(model), Self.refusalOfReceptors(model))
    }

    private static func refusalOfReceptors(_ model: NeuronModel) -> String? {
        guard !model.receptors.isEmpty else { return nil }
        if model.nonlinearity != nil {
            return "what receptors bring a nonlinear neuron it would take to first order only"
        }
        let isKnown = Step.receptorStep(model.receptors.rates(0, leak: model.leakRate), after: 0) != nil
        return isKnown ? nil : "it knows nothing of receptors"
    }

    /// A scheme that makes differences larger from step to step, where the equations let them decay, is of no use.
    public func refusal(_ model: NeuronModel, step: Double) -> String? {
        let scheme = Step(model: model, step: step)
        let receptors = model.receptors.indices.compactMap {
            Step.receptorStep(model.receptors.rates($0, leak: model.leakRate), after: step)
        }
        let factors =
            [scheme.voltageDecay(after: step), scheme.synapticResponse(after: step).current]
            + receptors.flatMap { [$0.currentDecay, $0.riseDecay] }
        let growth = factors.map(abs).max()!
        guard growth > 1, refusal(model) == nil else { return nil }
        return "every step multiplies differences in V or in a current by \(growth): it is unstable"
    }

    public func leakRate(model: NeuronModel, step: Double) -> Double {
        log(abs(Step(model: model, step: step).voltageDecay(after: step))) / step
    }
}
