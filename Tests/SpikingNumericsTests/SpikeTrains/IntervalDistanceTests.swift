import SpikingNumerics
import Testing

/// ISI- and SPIKE-distance and SPIKE-synchronization, from their definitions.
@Suite("Distances built on interspike intervals")
struct IntervalDistanceTests {
    /// A train as the definitions see it at one time, by scanning all spikes.
    struct View {
        let spikes: [Double]
        let window: ClosedRange<Double>

        init(_ train: SpikeTrain) {
            spikes = Set(train.times).sorted()
            window = train.window
        }

        var leading: Double {
            let seen = spikes[0] - window.lowerBound
            return spikes.count > 1 ? max(seen, spikes[1] - spikes[0]) : seen
        }
        var trailing: Double {
            let seen = window.upperBound - spikes[spikes.count - 1]
            return spikes.count > 1 ? max(seen, spikes[spikes.count - 1] - spikes[spikes.count - 2]) : seen
        }
        /// With the unseen spikes on either side.
        var all: [Double] {
            spikes.isEmpty
                ? [window.lowerBound, window.upperBound]
                : [spikes[0] - leading] + spikes + [spikes[spikes.count - 1] + trailing]
        }
        func previous(_ t: Double) -> Double { all.last { $0 < t }! }
        func next(_ t: Double) -> Double { all.first { $0 > t }! }
        func interval(_ t: Double) -> Double { next(t) - previous(t) }
        func distance(_ t: Double) -> Double { all.map { abs($0 - t) }.min()! }

        /// S₁(t)
        func difference(_ t: Double, from other: View) -> Double {
            var (before, after) = (previous(t), next(t))
            if let first = spikes.first, let last = spikes.last {
                if t < first { before = after }
                if t > last { after = before }
            }
            let weight = (t - previous(t)) / interval(t)
            return (1 - weight) * other.distance(before) + weight * other.distance(after)
        }
    }

    /// The integral of something linear between the spikes of a pair.
    static func average(_ pair: SpikeTrainPair, _ profile: (Double) -> Double) -> Double {
        let ends = [pair.window.lowerBound, pair.window.upperBound]
        let events = Set(pair.first.times + pair.second.times + ends).sorted()
        let integral = zip(events, events.dropFirst()).reduce(0) {
            $0 + ($1.1 - $1.0) * profile(($1.0 + $1.1) / 2)
        }
        return integral / pair.duration
    }

    @Test("agree with their profiles, evaluated at single times")
    func definitions() throws {
        var trains = RandomTrains(seed: 21)
        for _ in 0..<500 {
            let pair = try trains.nextPair()
            let (a, b) = (View(pair.first), View(pair.second))
            let isi = Self.average(pair) {
                abs(a.interval($0) - b.interval($0)) / max(a.interval($0), b.interval($0))
            }
            #expect(abs(pair.isiDistance() - isi) < 1e-12)
            let spike = Self.average(pair) {
                let mean = (a.interval($0) + b.interval($0)) / 2
                return
                    (a.difference($0, from: b) * b.interval($0) + b.difference($0, from: a) * a.interval($0))
                    / (2 * mean * mean)
            }
            #expect(abs(pair.spikeDistance() - spike) < 1e-12)
        }
    }

    @Test("SPIKE-synchronization counts all pairs that are nearer than half of every interval around them")
    func synchronization() throws {
        var trains = RandomTrains(seed: 22)
        for _ in 0..<500 {
            let pair = try trains.nextPair()
            let (a, b) = (View(pair.first).spikes, View(pair.second).spikes)
            func shortest(_ times: [Double], _ k: Int) -> Double {
                let intervals = [k - 1, k].filter { $0 >= 0 && $0 + 1 < times.count }
                return intervals.map { times[$0 + 1] - times[$0] }.min() ?? pair.duration
            }
            var coincidences = 0
            for i in a.indices {
                for j in b.indices {
                    let reach = min(shortest(a, i), shortest(b, j), pair.duration) / 2
                    if a[i] == b[j] || abs(a[i] - b[j]) < reach { coincidences += 1 }
                }
            }
            let total = a.count + b.count
            let expected = total == 0 ? 1 : Double(2 * coincidences) / Double(total)
            #expect(pair.spikeSynchronization() == expected)
        }
    }

    @Test("by hand")
    func byHand() throws {
        // Intervals 50, 50 and 25, 75 (as long as what is seen of them).
        let pair = try SpikeTrainPair([50], [25], window: 0...100)
        let isi = 0.25 * (25.0 / 50) + 0.25 * (25.0 / 75) + 0.5 * (25.0 / 75)
        #expect(abs(pair.isiDistance() - isi) < 1e-15)
        #expect(pair.spikeSynchronization() == 1)
        #expect(try SpikeTrainPair([0], [50], window: 0...100).spikeSynchronization() == 0)
        #expect(try SpikeTrainPair([], [50], window: 0...100).spikeSynchronization() == 0)
        #expect(try SpikeTrainPair([], [], window: 0...100).spikeSynchronization() == 1)
        // A silent train has spikes at both ends, and so has, unseen, the other: only the middle spike is
        // far. S₂ = 50 and S₁ = 0, ν₁ = 100 and ν₂ = 50, everywhere: S = 50 · 100 / (2 · 75²).
        let silent = try SpikeTrainPair([], [50], window: 0...100)
        #expect(abs(silent.spikeDistance() - 50.0 * 100 / (2 * 75 * 75)) < 1e-15)
        #expect(abs(silent.isiDistance() - 0.5) < 1e-15)
    }

    @Test("count spikes at one time as one")
    func repeated() throws {
        let once = try SpikeTrainPair([10, 30], [12, 31], window: 0...50)
        let twice = try SpikeTrainPair([10, 10, 30], [12, 31, 31, 31], window: 0...50)
        #expect(once.isiDistance() == twice.isiDistance())
        #expect(once.spikeDistance() == twice.spikeDistance())
        #expect(once.spikeSynchronization() == twice.spikeSynchronization())
    }
}
