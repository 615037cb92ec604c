import SpikingNumerics
import Testing

@Suite("Matching of spikes")
struct SpikeMatchingTests {
    static func train(_ times: [Double]) -> [Spike] { times.map { Spike(time: $0, crossingSpeed: 1) } }

    /// The least cost by trying everything.
    static func bruteForce(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>, window: Double) -> Double {
        guard let x = a.first else { return Double(b.count) }
        var best = 1 + bruteForce(a.dropFirst(), b, window: window)
        for k in b.indices {
            let skipped = Double(k - b.startIndex)
            let rest = bruteForce(a.dropFirst(), b[(k + 1)...], window: window)
            best = min(best, skipped + 2 * abs(x - b[k]) / window + rest)
        }
        return best
    }

    @Test("costs as little as any matching can")
    func optimal() {
        let generator = Philox(key: [1, 2])
        for trial in UInt32(0)..<400 {
            func times(_ stream: UInt32) -> [Double] {
                let size = Int(generator.block([trial, stream, 99, 0])[0] % 6)
                return (0..<size).map {
                    Double(generator.block([trial, stream, UInt32($0), 1])[0] % 1000) / 50
                }.sorted()
            }
            let (a, b) = (times(0), times(1))
            let matching = SpikeMatching(reference: Self.train(a), tested: Self.train(b), window: 3)
            #expect(abs(matching.cost - Self.bruteForce(a[...], b[...], window: 3)) < 1e-12)
            #expect(matching.pairs.count + matching.missed == a.count)
            #expect(matching.pairs.count + matching.extra == b.count)
            #expect(zip(matching.pairs, matching.pairs.dropFirst()).allSatisfy { $0.tested < $1.tested })
        }
    }

    @Test("does not let one extra spike shift all later pairs")
    func extraSpike() {
        let matching = SpikeMatching(
            reference: Self.train([10, 30, 50]), tested: Self.train([10.1, 20, 30.1, 50.1]), window: 5)
        #expect(matching.pairs.map(\.tested) == [0, 2, 3])
        #expect(matching.extra == 1 && matching.missed == 0)
        #expect(matching.pairs.allSatisfy { abs($0.timeError - 0.1) < 1e-12 })
    }

    @Test("pairs nothing further apart than the window")
    func window() {
        let matching = SpikeMatching(reference: Self.train([10]), tested: Self.train([15.01]), window: 5)
        #expect(matching.pairs.isEmpty && matching.missed == 1 && matching.extra == 1)
        #expect(
            SpikeMatching(reference: Self.train([10]), tested: Self.train([14.99]), window: 5).pairs.count
                == 1)
    }
}
