import SpikingNumerics

/// A histogram of the speeds at which the reference crosses its threshold.
struct CrossingSpeeds: PathProbe {
    private let edges: [Double]

    /// Nil where the reference is a law, which has no spikes.
    init?(_ plan: StudyPlan) {
        guard plan.stationaryLaw == nil else { return nil }
        edges = Histogram.crossingSpeedEdges(plan.study.problem.models)
    }

    var blank: Histogram { Histogram(edges: edges) }

    func add(_ path: SampledPath, to sums: inout Histogram) {
        for neuron in path.reference {
            for spike in neuron.spikes { sums.add(spike.crossingSpeed) }
        }
    }

    func distributions(_ sums: Histogram, _ results: ResultBuilder) -> [Distribution] {
        [results.distribution("crossing-speed", sums, participant: 0, unit: "V-units/ms")]
    }
}
