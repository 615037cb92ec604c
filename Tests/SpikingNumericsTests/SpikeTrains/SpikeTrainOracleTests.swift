import Foundation
import SpikingNumerics
import Testing

/// The same trains in other programs; see `spike_distances.py`.  Where ours differ deliberately, the test
/// says why.
@Suite("Spike-train measures beside Elephant and PySpike")
struct SpikeTrainOracleTests {
    struct Oracle: Decodable {
        var costs, time_constants: [String]
        var precisions, lags: [Double]
        var pairs: [Comparison]
    }

    struct Comparison: Decodable {
        var kind: String
        var window, first, second: [Double]
        /// Nil where the other program gives NaN, or nothing.
        var victor_purpura, van_rossum, gamma, cv: [Double?]
        var isi, spike, spike_backwards, synchronization: Double?
        var joint: [Double]?

        var pair: SpikeTrainPair {
            get throws { try SpikeTrainPair(first, second, window: window[0]...window[1]) }
        }

        /// A train whose only spike is at an end of the window.
        func hasLoneSpike(at end: Int) -> Bool { [first, second].contains { $0 == [window[end]] } }
    }

    let oracle: Oracle

    init() throws {
        oracle = try Oracles.load("spike_distances.json", as: Oracle.self)
    }

    static func agree(_ ours: Double?, _ theirs: Double?) -> Bool {
        guard let ours, let theirs else { return ours == nil && theirs == nil }
        return abs(ours - theirs) < 1e-10
    }

    @Test("cover every kind of train")
    func coverage() {
        #expect(oracle.pairs.count > 300)
        #expect(
            Set(oracle.pairs.map(\.kind)) == [
                "poisson", "jittered", "bursts", "identical", "duplicates", "grid", "special",
            ])
    }

    /// Elephant's value for an infinite cost is the sum of the counts, even for identical trains.  It is not
    /// the limit of its values for large costs, which spare spikes at one time; ours is.
    @Test("Victor-Purpura distance")
    func victorPurpura() throws {
        for comparison in oracle.pairs {
            let pair = try comparison.pair
            for (cost, theirs) in zip(oracle.costs, comparison.victor_purpura) where cost != "inf" {
                #expect(Self.agree(pair.victorPurpuraDistance(cost: Double(cost)!), theirs))
            }
            let (ours, theirs) = (
                pair.victorPurpuraDistance(cost: .infinity), comparison.victor_purpura.last!
            )
            let disjoint = Set(comparison.first).isDisjoint(with: comparison.second)
            #expect(disjoint ? Self.agree(ours, theirs) : ours < theirs!)
        }
    }

    /// Elephant takes the root of a difference of sums, so identical trains come out up to 4e-7 apart; ours
    /// is 0.
    @Test("van Rossum distance")
    func vanRossum() throws {
        for comparison in oracle.pairs {
            let pair = try comparison.pair
            for (constant, theirs) in zip(oracle.time_constants, comparison.van_rossum) {
                let ours = pair.vanRossumDistance(timeConstant: Double(constant)!)
                if pair.first == pair.second {
                    #expect(ours == 0 && theirs! < 1e-6)
                } else {
                    #expect(Self.agree(ours, theirs))
                }
            }
        }
    }

    /// PySpike gives NaN where both trains have one spike, at the end of the window: it divides 0 by 0 in an
    /// interval of length 0.  The trains are identical and ours is 0.
    @Test("ISI-distance")
    func isi() throws {
        for comparison in oracle.pairs {
            let ours = try comparison.pair.isiDistance()
            #expect(comparison.isi == nil ? ours == 0 : Self.agree(ours, comparison.isi))
            #expect(comparison.isi != nil || comparison.hasLoneSpike(at: 1))
        }
    }

    /// PySpike's NaN is that of the ISI-distance.  And where a train's only spike is at the beginning of the
    /// window, PySpike takes the end of the window for a spike, too, which it does not if the spike comes a
    /// moment later, nor after time is reversed.  Ours is continuous and has no direction, and agrees with
    /// PySpike's for reversed trains.
    @Test("SPIKE-distance")
    func spike() throws {
        var different = 0
        for comparison in oracle.pairs {
            let ours = try comparison.pair.spikeDistance()
            if comparison.spike == nil {
                #expect(ours == 0 && comparison.hasLoneSpike(at: 1))
            } else if !Self.agree(ours, comparison.spike) {
                different += 1
                #expect(comparison.hasLoneSpike(at: 0) && Self.agree(ours, comparison.spike_backwards))
            }
        }
        #expect(different == 2)
    }

    @Test("SPIKE-synchronization")
    func synchronization() throws {
        for comparison in oracle.pairs {
            #expect(Self.agree(try comparison.pair.spikeSynchronization(), comparison.synchronization))
        }
    }

    /// The coincidence factor of two silent trains is 0 / 0 in the oracle, and 1 by our convention.
    @Test("coincidence factor")
    func coincidenceFactor() throws {
        for comparison in oracle.pairs where !comparison.first.isEmpty || !comparison.second.isEmpty {
            for (precision, theirs) in zip(oracle.precisions, comparison.gamma) {
                #expect(Self.agree(try comparison.pair.coincidenceFactor(precision: precision), theirs))
            }
        }
    }

    @Test("P(two neurons fire within δ)")
    func jointFiring() throws {
        for comparison in oracle.pairs {
            let pair = try comparison.pair
            let ours = try JointFiring.probability(within: oracle.lags, trains: [pair.first, pair.second])
            #expect(ours?.count == comparison.joint?.count)
            for (a, b) in zip(ours ?? [], comparison.joint ?? []) { #expect(Self.agree(a, b)) }
        }
    }

    @Test("coefficient of variation")
    func coefficientOfVariation() throws {
        for comparison in oracle.pairs {
            let pair = try comparison.pair
            #expect(Self.agree(pair.first.coefficientOfVariation, comparison.cv[0]))
            #expect(Self.agree(pair.second.coefficientOfVariation, comparison.cv[1]))
        }
    }
}
