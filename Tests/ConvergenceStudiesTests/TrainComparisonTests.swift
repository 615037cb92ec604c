import ConvergenceStudies
import Foundation
import Testing

/// Poisson trains, of which everything is known.
@Suite("Comparing spike trains")
struct TrainComparisonTests {
    /// - Parameters:
    ///   - rate: In 1/ms.
    ///   - shared: The part of the spikes that all neurons have in common.
    static func table(
        _ name: String, seed: UInt64, rate: Double = 0.02, trials: Int = 40, neurons: Int = 5,
        shared: Double = 0,
        deadTime: Double = 0
    ) throws -> TrainTable {
        var generator = SystemIndependentNormals(seed: seed)
        func train(_ rate: Double) -> [Double] {
            var times: [Double] = []
            var time = 0.0
            while true {
                time += deadTime - log(generator.uniform()) / rate
                if time >= 1000 { return times }
                times.append(time)
            }
        }
        var lines = ["trial,neuron,time"]
        for trial in 0..<trials {
            let common = shared > 0 ? train(rate * shared) : []
            for neuron in 0..<neurons {
                for time in train(rate * (1 - shared)) + common { lines.append("\(trial),\(neuron),\(time)") }
            }
        }
        return try TrainTable(csv: lines.joined(separator: "\n"), place: name)
    }

    static func entries(_ a: TrainTable, _ b: TrainTable) throws -> [String: TrainComparison.Entry] {
        let entries = try TrainComparison([a, b], duration: 1000).entries
        return Dictionary(uniqueKeysWithValues: entries.map { ($0.statistic, $0) })
    }

    @Test("finds nothing between two runs of one process, and says what it could have found")
    func same() throws {
        let found = try Self.entries(Self.table("a", seed: 1), Self.table("b", seed: 2))
        #expect(found.count == 8 && found.values.allSatisfy { $0.verdict == .notDifferent })
        let rate = try #require(found["firing-rate"])
        #expect(abs(rate.valueA! - 0.02) < 0.0015 && abs(found["interval-cv"]!.valueA! - 1) < 0.1)
        #expect(
            abs(found["fano-factor"]!.valueA! - 1) < 0.15 && abs(found["pair-correlation"]!.valueA!) < 0.05)
        // 4000 spikes on either side: a standard error of 1.6 % · √2, of which seven are detectable.
        let detectable = try #require(rate.detectable)
        #expect(detectable > 0.1 * 0.02 && detectable < 0.25 * 0.02)
        #expect(rate.low! < rate.difference! && rate.difference! < rate.high!)
    }

    @Test("tells rates, regularity and correlation apart")
    func different() throws {
        let plain = try Self.table("a", seed: 1)
        let faster = try Self.entries(plain, Self.table("b", seed: 2, rate: 0.026))
        #expect(faster["firing-rate"]?.verdict == .different && faster["interval-50%"]?.verdict == .different)
        // As many spikes, 20 ms apart at least.
        let regular = try Self.entries(plain, Self.table("b", seed: 2, rate: 1 / 30.0, deadTime: 20))
        #expect(
            regular["interval-cv"]?.verdict == .different && regular["firing-rate"]?.verdict == .notDifferent)
        let together = try Self.entries(plain, Self.table("b", seed: 2, shared: 0.5))
        #expect(
            together["pair-correlation"]?.verdict == .different
                && together["synchrony"]?.verdict == .different)
        #expect(together["firing-rate"]?.verdict == .notDifferent)
        #expect(abs(together["pair-correlation"]!.valueB! - 0.5) < 0.15)
    }

    /// Of 8 statistics in 200 comparisons of one process with itself: nominal intervals of 95 % miss 5 %; none may be called
    /// different at 1e-6.
    @Test("intervals cover, and nothing is called different")
    func coverage() throws {
        var (covered, count) = (0, 0)
        for seed in 0..<200 as Range<UInt64> {
            let found = try Self.entries(
                Self.table("a", seed: 2 * seed + 1000, trials: 12),
                Self.table("b", seed: 2 * seed + 1001, trials: 12))
            for entry in found.values {
                #expect(entry.verdict != .different)
                count += 1
                if entry.low! <= 0, entry.high! >= 0 { covered += 1 }
            }
        }
        // 1600 intervals, dependent within a comparison: 92.5 % is four standard errors of 200 below.
        #expect(Double(covered) / Double(count) > 0.925, "\(covered) of \(count)")
    }

    @Test("one trial is cut into pieces")
    func single() throws {
        let comparison = try TrainComparison(
            [Self.table("a", seed: 1, trials: 1), Self.table("b", seed: 2, rate: 0.06, trials: 1)],
            duration: 1000)
        #expect(comparison.blocks == 20)
        #expect(comparison.entries.first { $0.statistic == "firing-rate" }?.verdict == .different)
    }

    @Test("several are compared pair by pair, under one false-alarm probability")
    func several() throws {
        let tables = try (1...3).map { try Self.table("run \($0)", seed: UInt64($0)) }
        let entries = try TrainComparison(tables, duration: 1000).entries
        #expect(entries.count == 24 && entries.allSatisfy { $0.verdict == .notDifferent })
        let two = try TrainComparison(Array(tables.prefix(2)), duration: 1000).entries
        #expect(entries[0].detectable! > two[0].detectable!)
    }

    @Test(
        "what is wrong with a file is said with its line",
        arguments: [
            ("", "is empty"), ("a,b,c\n", "trial,neuron,time"), ("trial,neuron,time", "has no spikes"),
            ("trial,neuron,time\n1,1,x", "t:2"), ("trial,neuron,time\n1,1,-4", "t:2"),
            ("time,trial,neuron\n1,2", "t:2"),
        ])
    func refusals(_ csv: String, _ part: String) {
        let error = #expect(throws: ErrorTable.Problem.self) { try TrainTable(csv: csv, place: "t") }
        #expect(error?.description.contains(part) == true)
    }

    @Test("a spike after the end is refused")
    func late() throws {
        let table = try Self.table("a", seed: 1)
        #expect(throws: ErrorTable.Problem.self) { try TrainComparison([table, table], duration: 500) }
    }
}
