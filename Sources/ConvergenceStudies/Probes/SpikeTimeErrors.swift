import SpikingNumerics

/// Histograms of the time errors of matched spikes.
struct SpikeTimeErrors: PathProbe {
    private let tested: Int

    /// Nil where the reference is a law, which has no spikes.
    init?(_ plan: StudyPlan) {
        guard plan.stationaryLaw == nil else { return nil }
        tested = plan.tested.count
    }

    /// One per tested participant.
    var blank: [Histogram] { .init(repeating: Histogram(edges: Histogram.timeErrorEdges), count: tested) }

    func add(_ path: SampledPath, to sums: inout [Histogram]) {
        for (k, comparison) in path.comparisons.enumerated() {
            for neuron in comparison.neurons {
                for pair in neuron.matching.pairs { sums[k].add(pair.timeError) }
            }
        }
    }

    func distributions(_ sums: [Histogram], _ results: ResultBuilder) -> [Distribution] {
        sums.enumerated().map { k, histogram in
            results.distribution("spike-time-error", histogram, participant: k + 1, unit: "ms")
        }
    }
}

extension Histogram: PathSums {}
