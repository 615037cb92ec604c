import SpikingNumerics

struct RungeKuttaReference: ReferenceKind {
    static let name = RungeKutta().name
    static let summary = "GSL's rk8pd and bisection, for neurons without noise"

    static func usual(for problem: Problem?) -> RungeKuttaReference { .init() }

    func objections(_ problem: Problem, measures: [Study.MeasureChoice]) -> [ReferenceObjection] {
        let oneByOne = ReferenceObjection(
            reason: "it takes neurons one after the other, and synapses lead back")
        return RungeKutta().objections(problem)
            + (problem.network.shortestFeedback.isFinite ? [oneByOne] : [])
    }

    func integrator(for problem: Problem) -> any Integrator { RungeKutta() }
}
