import Foundation
import NumericalMethods
import SpikingNumerics
import Testing

@Suite("Coincidences")
struct CoincidenceTests {
    @Test("Γ is 1 precisely for a train and itself")
    func identity() throws {
        var trains = RandomTrains(seed: 31)
        for _ in 0..<200 {
            let train = try trains.next()
            #expect(try SpikeTrainPair(train, train).coincidenceFactor(precision: 2) == 1)
        }
    }

    @Test("Γ by hand")
    func byHand() throws {
        let pair = try SpikeTrainPair([10, 20, 30], [11, 12, 40], window: 0...100)
        // One coincidence, for no spike serves twice; 2νΔ = 2 · 0.03 · 2 = 0.12.
        let gamma = try #require(pair.coincidenceFactor(precision: 2))
        #expect(abs(gamma - (1 - 0.12 * 3) / 3 / (1 - 0.12)) < 1e-15)
        #expect(try SpikeTrainPair([], [], window: 0...1).coincidenceFactor(precision: 0.1) == 1)
        #expect(try SpikeTrainPair([0.5], [], window: 0...1).coincidenceFactor(precision: 0.1) == 0)
        #expect(try SpikeTrainPair([], [0.5], window: 0...1).coincidenceFactor(precision: 0.1) == 0)
        #expect(try SpikeTrainPair([0.5], [0.5], window: 0...1).coincidenceFactor(precision: 0.5) == nil)
    }

    @Test("Γ is 0 on average for a Poisson model")
    func chance() throws {
        var generator = SplitMix64(seed: 32)
        var sum = 0.0
        let regular = (0..<50).map { 10 + 20 * Double($0) }
        for _ in 0..<800 {
            let model = (0..<50).map { _ in Double(generator.next(below: 1_000_000)) / 1000 }.sorted()
            let pair = try SpikeTrainPair(regular, model, window: 0...1000)
            sum += pair.coincidenceFactor(precision: 1)!
        }
        // A regular spike finds a partner with probability 1 - 0.998⁵⁰, a little less than 2νΔ = 0.1, for no
        // spike counts twice.  The standard error is √(50 · 0.095 · 0.905) / 50 / 0.9 / √800.
        let expected = (1 - pow(0.998, 50) - 0.1) / 0.9
        #expect(abs(sum / 800 - expected) < 5 * 0.0016)
    }

    @Test("P(two neurons fire within δ) by hand")
    func jointFiring() throws {
        let trains = try [[10, 20], [11], []].map { try SpikeTrain($0, window: 0...100) }
        // Six spike-neuron pairs: 10 and 20 with the second neuron, 11 with the first, each with the silent
        // third.
        let probabilities = try JointFiring.probability(within: [9, 0, 1, .infinity], trains: trains)
        #expect(probabilities == [0.5, 0, 2.0 / 6, 1])
        #expect(try JointFiring.probability(within: [1], trains: []) == nil)
        #expect(try JointFiring.probability(within: [1], trains: [trains[0]]) == nil)
        #expect(try JointFiring.probability(within: [1], trains: [trains[2], trains[2]]) == nil)
        #expect(try JointFiring.probability(within: [0, 5], trains: [trains[0], trains[0]]) == [1, 1])
    }

    @Test("P(two neurons fire within δ) is 1 - exp(-2νδ) for independent Poisson neurons")
    func independent() throws {
        var generator = SplitMix64(seed: 33)
        let trains = try (0..<20).map { _ in
            try SpikeTrain(
                (0..<1000).map { _ in Double(generator.next(below: 100_000_000)) / 1000 }.sorted(),
                window: 0...100_000)
        }
        let lags = [1.0, 5, 20, 100]
        let probabilities = try #require(try JointFiring.probability(within: lags, trains: trains))
        for (lag, probability) in zip(lags, probabilities) {
            #expect(abs(probability - (1 - exp(-0.02 * lag))) < 0.005)
        }
    }
}
