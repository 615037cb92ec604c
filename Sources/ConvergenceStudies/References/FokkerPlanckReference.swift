import SpikingNumerics

struct FokkerPlanckReference: ReferenceKind {
    static let name = "fokker-planck"
    static let summary =
        "the stationary law of one neuron of current-lif; without `sampling`, of euler-maruyama, too"
    /// It takes seconds, and exact-event knows more.
    static let isChosenUnasked = false

    static func usual(for problem: Problem?) -> FokkerPlanckReference { .init() }

    var needsPaths: Bool { false }

    func objections(_ problem: Problem, measures: [Study.MeasureChoice]) -> [ReferenceObjection] {
        StationaryReference.objections(
            problem, measures, refusal: StationaryLaw.refusalOfFokkerPlanck,
            observables: FokkerPlanck.Quantity.observables.keys.sorted(), knows: "it knows means and no path")
    }

    func integrator(for problem: Problem) throws -> any Integrator {
        try StationaryLaw.fokkerPlanck(problem.model(neuron: 0))
    }
}
