import SpikingNumerics

struct ExactEventReference: ReferenceKind {
    static let name = ExactEvent().name
    static let summary = "the true process, every spike located by refining its own noise"
    static let explanation: String? =
        "which samples the exact process: its noise is refined by conditional splitting of the "
        + "Brownian path until every threshold crossing is located"

    static func usual(for problem: Problem?) -> ExactEventReference { .init() }

    func objections(_ problem: Problem, measures: [Study.MeasureChoice]) -> [ReferenceObjection] {
        ExactEvent().objections(problem)
    }

    func integrator(for problem: Problem) -> any Integrator { ExactEvent() }

    /// Cells as wide as is fast, but never wider than a step, so that they tile the duration.
    func level(_ problem: Problem, forest: BrownianForest, levels: [Int]) -> Int {
        ExactEvent.baseLevel(problem, forest: forest, steps: levels)
    }

    func longestCell(_ problem: Problem) -> Double? { problem.models.shortestTimeConstant / 4 }
}
