#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An integrator on a fixed grid: a scheme for the steps and a rule for the spikes in them.
public struct GridIntegrator<Step: Scheme, Rule: SpikeRule>: Integrator {
    public init() {}

    public var name: String { Rule.name.isEmpty ? Step.name : Step.name + "+" + Rule.name }

    public var declaredOrder: DeclaredOrder { Step.declaredOrder }

    public func makeRun(problem: Problem, forest: BrownianForest, level: Int) -> any Run {
        GridRun<Step, Rule>(problem: problem, step: forest.width(level: level), level: level)
    }

    public func leakRate(model: CurrentLIF, step: Double) -> Double {
        log(abs(Step(model: model, step: step).voltageDecay(after: step))) / step
    }
}
