import Foundation
import SpikingNumerics
import Testing

@Suite("Victor-Purpura and van Rossum distances")
struct SpikeMetricTests {
    @Test("Victor-Purpura's is the cost of the cheapest of all alignments")
    func victorPurpuraByEnumeration() throws {
        var trains = RandomTrains(seed: 11)
        for trial in 0..<300 {
            let pair = try trains.nextPair(most: 5)
            let window = [1.0, 5, 30][trial % 3]
            let cheapest = SpikeMatchingTests.bruteForce(
                pair.first.times[...], pair.second.times[...], window: window)
            #expect(abs(pair.victorPurpuraDistance(cost: 2 / window) - cheapest) < 1e-12)
        }
    }

    @Test("Victor-Purpura's is what the matching of spikes costs")
    func victorPurpuraByMatching() throws {
        var trains = RandomTrains(seed: 12)
        for _ in 0..<100 {
            let pair = try trains.nextPair(most: 40)
            let matching = SpikeMatching(
                reference: SpikeMatchingTests.train(pair.first.times),
                tested: SpikeMatchingTests.train(pair.second.times), window: 4)
            #expect(
                abs(matching.cost - pair.victorPurpuraDistance(cost: 0.5))
                    < 1e-12)
        }
    }

    @Test("Victor-Purpura's by hand")
    func victorPurpuraByHand() throws {
        let pair = try SpikeTrainPair([10, 20, 30], [12, 24, 30, 40], window: 0...50)
        #expect(abs(pair.victorPurpuraDistance(cost: 0.1) - (0.2 + 0.4 + 0 + 1)) < 1e-15)
        #expect(pair.victorPurpuraDistance(cost: 0) == 1)
        #expect(pair.victorPurpuraDistance(cost: .infinity) == 5)
        let repeated = try SpikeTrainPair([10, 10], [10], window: 0...50)
        #expect(repeated.victorPurpuraDistance(cost: .infinity) == 1)
        #expect(try SpikeTrainPair([], [], window: 0...1).victorPurpuraDistance(cost: .infinity) == 0)
        #expect(try SpikeTrainPair([], [0, 1], window: 0...1).victorPurpuraDistance(cost: 5) == 2)
    }

    @Test("Victor-Purpura's does not decrease with the cost, and tends to its limits")
    func victorPurpuraLimits() throws {
        var trains = RandomTrains(seed: 13)
        for _ in 0..<100 {
            let pair = try trains.nextPair()
            let values = [0, 1e-9, 0.01, 0.1, 1, 10, 1e9, .infinity].map {
                pair.victorPurpuraDistance(cost: $0)
            }
            #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(abs(values[1] - values[0]) < 1e-5 && values[6] == values[7])
            #expect(values[0] == abs(Double(pair.first.times.count - pair.second.times.count)))
        }
    }

    /// D² as the difference of double sums over pairs of spikes.
    @Test("van Rossum's agrees with the double sums", arguments: [0.3, 10, 300])
    func vanRossumByDoubleSums(timeConstant: Double) throws {
        var trains = RandomTrains(seed: 14)
        for _ in 0..<300 {
            let pair = try trains.nextPair()
            func sum(_ a: [Double], _ b: [Double]) -> Double {
                a.reduce(0) { total, x in b.reduce(total) { $0 + exp(-abs(x - $1) / timeConstant) } }
            }
            let (a, b) = (pair.first.times, pair.second.times)
            let distance = pair.vanRossumDistance(timeConstant: timeConstant)
            #expect(abs(distance * distance - (sum(a, a) + sum(b, b) - 2 * sum(a, b))) < 1e-12)
        }
    }

    @Test("van Rossum's by hand, and its limits")
    func vanRossumByHand() throws {
        let single = try SpikeTrainPair([3], [], window: 0...10)
        for timeConstant in [0, 0.1, 5, 1e9, .infinity] {
            #expect(single.vanRossumDistance(timeConstant: timeConstant) == 1)
        }
        let pair = try SpikeTrainPair([3, 5, 5], [3, 4], window: 0...10)
        #expect(pair.vanRossumDistance(timeConstant: .infinity) == 1)
        #expect(abs(pair.vanRossumDistance(timeConstant: 1e9) - 1) < 1e-7)
        // One spike alone and two at once: 1² + 2².
        #expect(pair.vanRossumDistance(timeConstant: 0) == 5.0.squareRoot())
        #expect(abs(pair.vanRossumDistance(timeConstant: 1e-3) - 5.0.squareRoot()) < 1e-12)
    }

    /// One spike moved by ε: D² = 2(1 - e^{-ε/τ}).
    @Test("van Rossum's keeps its digits for trains that nearly agree")
    func vanRossumOfNearTwins() throws {
        let times = (0..<200).map { Double($0) * 5 + 1 }
        for exponent in [-20, -30, -40] {
            let shift = scalbn(1.0, exponent)
            var moved = times
            moved[100] += shift
            let distance = try SpikeTrainPair(times, moved, window: 0...1000).vanRossumDistance(
                timeConstant: 16)
            let exact = (-2 * expm1(-shift / 16)).squareRoot()
            #expect(abs(distance / exact - 1) < 1e-6)
        }
    }
}
