import NumericalMethods
import SpikingNumerics
import Testing

@Suite("Layered feedforward networks")
struct LayeredFeedforwardTests {
    @Test("SplitMix64 gives the published sequence")
    func knownAnswers() {
        // Seed 1234567 of S. Vigna's splitmix64.c, as listed at rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64.
        var generator = SplitMix64(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(expected.indices.map { _ in generator.next() } == expected)
    }

    @Test func dense() {
        let network = LayeredFeedforward(layers: 3, width: 2, weights: [0.5, -1]).network()
        #expect(network.neuronCount == 6)
        #expect(network.populations.map(\.name) == ["layer-1", "layer-2", "layer-3"])
        #expect(network.populations.map(\.neurons) == [0..<2, 2..<4, 4..<6])
        let synapses = network.outgoing.flatMap { $0 }.map {
            [Double($0.source), Double($0.target), $0.weight]
        }
        #expect(
            synapses == [
                [0, 2, 0.5], [0, 3, 0.5], [1, 2, 0.5], [1, 3, 0.5], [2, 4, -1], [2, 5, -1], [3, 4, -1],
                [3, 5, -1],
            ])
        #expect(network.receivesInput == [false, false, true, true, true, true])
    }

    @Test(
        "every target has as many different sources as asked for, all in the layer before",
        arguments: [1, 3, 10])
    func inDegree(_ inDegree: Int) {
        let width = 10
        let network = LayeredFeedforward(
            layers: 4, width: width, weights: [1, 1, 1], inDegree: inDegree, connectivitySeed: 3
        ).network()
        let synapses = network.outgoing.flatMap { $0 }
        #expect(Set(synapses).count == 3 * width * inDegree)
        for (target, incoming) in Dictionary(grouping: synapses, by: \.target) {
            #expect(incoming.count == inDegree)
            #expect(incoming.allSatisfy { $0.source / width == target / width - 1 })
        }
    }

    @Test("the seed decides, and another layer leaves the others as they are")
    func seeds() {
        func outgoing(layers: Int, seed: UInt64) -> ArraySlice<[Network.Synapse]> {
            LayeredFeedforward(
                layers: layers, width: 20, weights: Array(repeating: 1, count: layers - 1), inDegree: 5,
                connectivitySeed: seed
            ).network().outgoing.prefix(20)
        }
        #expect(outgoing(layers: 2, seed: 1) == outgoing(layers: 2, seed: 1))
        #expect(outgoing(layers: 2, seed: 1) == outgoing(layers: 3, seed: 1))
        #expect(outgoing(layers: 2, seed: 1) != outgoing(layers: 2, seed: 2))
    }

    @Test("sources are uniform: 40 000 draws of 3 out of 8, each count within 5 standard deviations")
    func uniform() {
        // 5 standard deviations: a false alarm in one of 8 counts once in 2 × 10^5 sets of seeds; a bias of 3 % is 9.
        let targets = 40_000.0
        var counts = [Double](repeating: 0, count: 8)
        for seed in 1...5000 {
            let network = LayeredFeedforward(
                layers: 2, width: 8, weights: [1], inDegree: 3, connectivitySeed: UInt64(seed)
            ).network()
            for source in 0..<8 { counts[source] += Double(network.outgoing[source].count) }
        }
        let mean = targets * 3 / 8
        let deviation = (targets * 3 / 8 * 5 / 8).squareRoot()
        for count in counts { #expect(abs(count - mean) < 5 * deviation) }
    }
}
