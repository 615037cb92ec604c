import SpikingNumerics
import Testing

@Suite("Laws of spike-train distances")
struct SpikeTrainLawTests {
    struct Distance: CustomTestStringConvertible {
        var name: String
        /// Whether the triangle inequality holds.
        var isMetric: Bool
        var value: @Sendable (SpikeTrainPair) -> Double
        var testDescription: String { name }
    }

    static let distances = [
        Distance(name: "Victor-Purpura, q = 0", isMetric: true) { $0.victorPurpuraDistance(cost: 0) },
        Distance(name: "Victor-Purpura, q = 0.1/ms", isMetric: true) { $0.victorPurpuraDistance(cost: 0.1) },
        Distance(name: "Victor-Purpura, q = ∞", isMetric: true) { $0.victorPurpuraDistance(cost: .infinity) },
        Distance(name: "van Rossum, τ = 0", isMetric: true) { $0.vanRossumDistance(timeConstant: 0) },
        Distance(name: "van Rossum, τ = 10 ms", isMetric: true) { $0.vanRossumDistance(timeConstant: 10) },
        Distance(name: "van Rossum, τ = ∞", isMetric: true) { $0.vanRossumDistance(timeConstant: .infinity) },
        Distance(name: "ISI", isMetric: true) { $0.isiDistance() },
        Distance(name: "SPIKE", isMetric: false) { $0.spikeDistance() },
        Distance(name: "1 - SPIKE-synchronization", isMetric: false) { 1 - $0.spikeSynchronization() },
    ]

    @Test("are 0 precisely for a train and itself", arguments: distances)
    func identity(distance: Distance) throws {
        var trains = RandomTrains(seed: 1)
        for _ in 0..<300 {
            let train = try trains.next()
            #expect(distance.value(try SpikeTrainPair(train, train)) == 0)
        }
    }

    @Test("are positive, finite and symmetric", arguments: distances)
    func symmetry(distance: Distance) throws {
        var trains = RandomTrains(seed: 2)
        for _ in 0..<300 {
            let pair = try trains.nextPair()
            let value = distance.value(pair)
            #expect(value >= 0 && value.isFinite)
            #expect(abs(value - distance.value(try pair.swapped)) <= 1e-13 * max(value, 1))
        }
    }

    @Test("obey the triangle inequality", arguments: distances.filter(\.isMetric))
    func triangle(distance: Distance) throws {
        var trains = RandomTrains(seed: 3)
        for _ in 0..<1000 {
            let (a, b, c) = (try trains.next(), try trains.next(), try trains.next())
            let direct = distance.value(try SpikeTrainPair(a, c))
            let detour =
                distance.value(try SpikeTrainPair(a, b)) + distance.value(try SpikeTrainPair(b, c))
            #expect(direct <= detour + 1e-12)
        }
    }

    @Test("do not depend on where time begins", arguments: distances)
    func shift(distance: Distance) throws {
        var trains = RandomTrains(seed: 4)
        for _ in 0..<300 {
            let pair = try trains.nextPair()
            // Going to and fro once leaves times that survive the next shift without rounding, and so keep
            // their ties.
            let coarse = try pair.shifted(by: 4096).shifted(by: -4096)
            #expect(abs(distance.value(coarse) - distance.value(try coarse.shifted(by: 4096))) < 1e-11)
        }
    }

    @Test("are the same with time running backwards", arguments: distances)
    func reversal(distance: Distance) throws {
        var trains = RandomTrains(seed: 5)
        for _ in 0..<300 {
            // Times for which 60 - t is not rounded, either.
            let pair = try trains.nextPair().shifted(by: 4096).shifted(by: -4096)
            #expect(abs(distance.value(pair) - distance.value(try pair.reversed)) < 1e-12)
        }
    }

    @Test("of relative size stay within 0 … 1", arguments: distances.suffix(3))
    func bounds(distance: Distance) throws {
        var trains = RandomTrains(seed: 6)
        for _ in 0..<300 { #expect(distance.value(try trains.nextPair()) <= 1) }
    }
}
