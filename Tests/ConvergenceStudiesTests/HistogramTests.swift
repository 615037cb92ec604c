import ConvergenceStudies
import SpikingNumerics
import Testing

@Suite("Histograms")
struct HistogramTests {
    @Test("count every value in the bin whose lower edge is the last one not above it")
    func bins() {
        let edges = [-2.0, -0.5, 0, 0.25, 1, 8]
        var histogram = Histogram(edges: edges)
        let values = edges + edges.map(\.nextUp) + edges.map(\.nextDown) + [-.infinity, .infinity, 0.1, 7]
        values.forEach { histogram.add($0) }
        for k in histogram.counts.indices {
            #expect(histogram.counts[k] == values.count { edges[k] <= $0 && $0 < edges[k + 1] })
        }
        #expect(histogram.below == values.count { $0 < -2 } && histogram.above == values.count { $0 >= 8 })
        var twice = histogram
        twice.fold(histogram)
        #expect(twice.counts == histogram.counts.map { 2 * $0 })
        #expect(twice.below == 2 * histogram.below && twice.above == 2 * histogram.above)
    }

    @Test("of time errors are symmetric, from 2^-16 to 2^4 ms, four bins to an octave")
    func timeErrors() {
        let edges = Histogram.timeErrorEdges
        #expect(edges == edges.map { -$0 }.reversed() && edges == edges.sorted())
        let positive = edges.filter { $0 > 0 }
        #expect(positive.first == 0x1p-16 && positive.last == 16 && positive.count == 81)
        for (edge, next) in zip(positive, positive.dropFirst()) {
            #expect(abs(next / edge - 1.189_207_115) < 1e-9, "the fourth root of 2")
        }
    }

    @Test(
        "of crossing speeds have bins for any neuron a study file can describe",
        arguments: [
            NeuronModel(), NeuronModel(membraneTimeConstant: 5e-324),
            NeuronModel(membraneTimeConstant: 1e9, threshold: 5e-324, drive: 0, noiseStrength: 0),
            NeuronModel(drive: 1e9, noiseStrength: 1e9), NeuronModel(synapticTimeConstant: 5e-324),
        ])
    func crossingSpeeds(_ model: NeuronModel) {
        let edges = Histogram.crossingSpeedEdges([model])
        #expect(edges.count == 81 && edges.allSatisfy { $0 > 0 && $0.isFinite } && edges == edges.sorted())
    }

    @Test(
        "of crossing speeds reach from 20 octaves below to above the fastest that the mean and the noise make"
    )
    func reach() {
        // mu + 8 sigma (tau_s/2)^(1/2) + (V_th - V_r)/tau_m = 0.045 + 8·0.02·2.5^(1/2) + 1/20 = 0.348.
        let edges = Histogram.crossingSpeedEdges([NeuronModel(drive: 0.045, noiseStrength: 0.02)])
        #expect(edges.last == 1 && edges.first == 0x1p-20)
        // The fastest of several neurons counts: 10 + … is just above 2^3.
        let fast = Histogram.crossingSpeedEdges([NeuronModel(), NeuronModel(drive: -10)])
        #expect(fast.last == 32 && fast.first == 0x1p-15)
    }
}
