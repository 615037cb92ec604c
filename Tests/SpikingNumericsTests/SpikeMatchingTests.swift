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

    /// Dynamic programming over all pairs of prefixes, which the library saves itself.
    static func fullTable(_ a: [Double], _ b: [Double], window: Double) -> Double {
        var row = (0...b.count).map(Double.init)
        for (i, x) in a.enumerated() {
            var next = [Double(i + 1)]
            for (j, y) in b.enumerated() {
                next.append(min(row[j] + 2 * abs(x - y) / window, row[j + 1] + 1, next[j] + 1))
            }
            row = next
        }
        return row.last!
    }

    @Test("costs what the whole table says, for trains denser and sparser than the window", arguments: 0..<50)
    func wholeTable(trial: Int) {
        let generator = Philox(key: [3, 4])
        let window = [0.5, 2, 8, 30][trial % 4]
        func times(_ stream: UInt32) -> [Double] {
            (0..<120).map { Double(generator.block([UInt32(trial), stream, $0, 2])[0] % 100_000) / 1000 }
                .filter { $0 < 60 || stream == 0 }.sorted()
        }
        let (a, b) = (times(0), times(1))
        let matching = SpikeMatching(reference: Self.train(a), tested: Self.train(b), window: window)
        #expect(abs(matching.cost - Self.fullTable(a, b, window: window)) < 1e-10)
        #expect(matching.pairs.allSatisfy { abs($0.timeError) <= window })
    }

    /// The whole table of these would take 320 GB.
    @Test("takes no more memory than there are pairs to choose from")
    func longTrains() {
        let reference = (0..<200_000).map { 50 * Double($0) }
        let tested = reference.map { $0 + 0.01 }
        let matching = SpikeMatching(
            reference: Self.train(reference), tested: Self.train(Array(tested.dropFirst())), window: 10)
        #expect(matching.pairs.count == 199_999 && matching.missed == 1 && matching.extra == 0)
        #expect(matching.pairs.allSatisfy { $0.reference == $0.tested + 1 })
    }
}
