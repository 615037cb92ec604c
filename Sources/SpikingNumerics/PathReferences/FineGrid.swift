/// Any integrator on a grid much finer than the finest step under test, as a reference on the same path.
///
/// Its own error is that of its scheme at its step; with a scheme of order p on a grid k times finer, a fraction k^-p of
/// what is measured.  Study files ask for at least 16 times.
public struct FineGrid: Integrator {
    private let integrator: any Integrator

    public init(_ integrator: any Integrator) {
        self.integrator = integrator
    }

    public var name: String { "fine-grid" }
    public var declaredOrder: DeclaredOrder { integrator.declaredOrder }
    public var noise: NoiseContent { integrator.noise }

    public func refusal(_ model: NeuronModel) -> String? { integrator.refusal(model) }

    public func makeRun(problem: Problem, forest: BrownianForest, level: Int) -> any Run {
        integrator.makeRun(problem: problem, forest: forest, level: level)
    }

    public func leakRate(model: NeuronModel, step: Double) -> Double {
        integrator.leakRate(model: model, step: step)
    }
}
