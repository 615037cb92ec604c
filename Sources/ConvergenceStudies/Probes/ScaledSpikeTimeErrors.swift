import SpikingNumerics

/// Histograms of A|δt|/h of matched spikes, A their crossing speed in the reference.
struct ScaledSpikeTimeErrors: PathProbe {
    static let family: MeasureFamily? = MeasureFamily(
        name: "scaled-spike-times",
        summary: "quantiles of A|δt|/h and A|δt|/√h, A the crossing speed of the spike",
        measures: [], needs: .smoothCrossings)

    private let tested: Int
    private let edges: [Double]

    init?(_ plan: StudyPlan) {
        guard StudyOutline(plan.study).asks(for: Self.family), plan.stationaryLaw == nil else { return nil }
        tested = plan.tested.count
        edges = Histogram.crossingSpeedEdges(plan.study.problem.models)
    }

    /// One per tested participant.
    var blank: [Histogram] { .init(repeating: Histogram(edges: edges), count: tested) }

    func add(_ path: SampledPath, to sums: inout [Histogram]) {
        for (k, comparison) in path.comparisons.enumerated() {
            for neuron in comparison.neurons {
                for pair in neuron.matching.pairs {
                    let speed = neuron.referenceSpikes[pair.reference].crossingSpeed
                    sums[k].add(speed * abs(pair.timeError) / comparison.step)
                }
            }
        }
    }

    func distributions(_ sums: [Histogram], _ results: ResultBuilder) -> [Distribution] {
        sums.enumerated().map { k, histogram in
            results.distribution(
                "scaled-spike-time-error", histogram, participant: k + 1, unit: "V-units/ms")
        }
    }
}
