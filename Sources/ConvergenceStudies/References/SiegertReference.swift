import SpikingNumerics

struct SiegertReference: ReferenceKind {
    static let name = "siegert"
    static let summary = "the stationary rate of white-noise-lif, by Siegert's formula"

    static func usual(for problem: Problem?) -> SiegertReference { .init() }

    func objections(_ problem: Problem, measures: [Study.MeasureChoice]) -> [ReferenceObjection] {
        StationaryReference.objections(
            problem, measures, refusal: StationaryLaw.refusalOfSiegert,
            observables: [ProcessMeans.firingRate.name], knows: "it knows the rate and no path")
    }

    func integrator(for problem: Problem) throws -> any Integrator {
        try StationaryLaw.siegert(problem.model(neuron: 0))
    }
}
