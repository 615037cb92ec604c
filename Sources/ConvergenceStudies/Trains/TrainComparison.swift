import NumericalMethods
import SpikingNumerics

/// Whether simulators' spike trains differ, and by how much they could differ unseen.
public struct TrainComparison: Sendable {
    public struct Entry: Encodable, Sendable {
        public enum Verdict: String, Encodable, Sendable {
            case different
            /// Within the interval, which is the bound.
            case notDifferent = "not-different"
            /// Too few spikes or trials.
            case unknown
        }

        public var statistic: String
        public var unit: String
        public var a: String
        public var b: String
        @NullWhereUnknown public var valueA: Double? = nil
        @NullWhereUnknown public var valueB: Double? = nil
        /// b less a.
        @NullWhereUnknown public var difference: Double? = nil
        @NullWhereUnknown public var low: Double? = nil
        @NullWhereUnknown public var high: Double? = nil
        /// The difference that so many trials would prove nine times out of ten.
        @NullWhereUnknown public var detectable: Double? = nil
        public var verdict: Verdict

        enum CodingKeys: String, CodingKey {
            case statistic, unit, a, b, difference, detectable, verdict
            case valueA = "value_a"
            case valueB = "value_b"
            case low = "ci_low"
            case high = "ci_high"
        }
    }

    public var entries: [Entry]
    /// Pieces that a single trial was cut into; nil where trials were many.
    public var blocks: Int?

    /// Shorter pieces depend on each other too much, fewer tell too little of their scatter.
    static let blocksOfOneTrial = 20
    private static let power = 0.9

    /// - Parameters:
    ///   - tables: The first is compared with all others, and these with each other.
    ///   - duration: Of every trial, ms.
    ///   - neurons: How many neurons there are; nil for as many as fire in any table.
    ///   - falseAlarm: The probability that any `different` is false, where nothing differs.
    /// - Throws: `ErrorTable.Problem` where there is nothing to compare.
    public init(
        _ tables: [TrainTable], duration: Double, neurons: Int? = nil, confidence: Double = 0.95,
        falseAlarm: Double = 1e-6
    ) throws(ErrorTable.Problem) {
        if let late = tables.first(where: { $0.lastSpike > duration }) {
            throw .init(
                place: late.name,
                message:
                    "has a spike at \(late.lastSpike.shortest) ms, after the end at \(duration.shortest) ms",
                remedy: "give the trials' length with --duration")
        }
        let names = tables.reduce(into: Set<String>()) { $0.formUnion($1.neurons) }.sorted()
        if let neurons, neurons < names.count {
            throw .init(
                place: "--neurons \(neurons)", message: "\(names.count) neurons fire",
                remedy: "give the number of all neurons")
        }
        let isSingle = tables.contains { $0.trials.count == 1 }
        blocks = isSingle ? Self.blocksOfOneTrial : nil
        let cut = isSingle ? tables.map { $0.blocks(Self.blocksOfOneTrial, duration: duration) } : tables
        let length = isSingle ? duration / Double(Self.blocksOfOneTrial) : duration
        let silent = (neurons ?? names.count) - names.count
        let samples = cut.map { Self.samples($0, names, silent: silent, duration: length) }
        let pairs = tables.indices.flatMap { a in tables.indices.filter { $0 > a }.map { (a, $0) } }
        let level = falseAlarm / Double(max(1, pairs.count * TrainStatistic.all.count))
        entries = pairs.flatMap { a, b in
            TrainStatistic.all.enumerated().map { k, statistic in
                Self.entry(
                    statistic, (tables[a].name, samples[a][k]), (tables[b].name, samples[b][k]),
                    confidence: confidence, level: level)
            }
        }
    }

    /// For each statistic its value on every trial that has one.
    private static func samples(
        _ table: TrainTable, _ names: [String], silent: Int, duration: Double
    ) -> [[Double]] {
        let trials = table.trials.map { trial in
            (names.map { trial[$0] ?? [] } + .init(repeating: [], count: silent)).map { times in
                // Sorted, and none after the end.
                try! SpikeTrain(times, window: 0...duration)
            }
        }
        return TrainStatistic.all.map { statistic in trials.compactMap { statistic.value($0) } }
    }

    /// Welch's comparison of two means (B. L. Welch, Biometrika 34 (1947), doi:10.1093/biomet/34.1-2.28).
    private static func entry(
        _ statistic: TrainStatistic, _ a: (name: String, values: [Double]),
        _ b: (name: String, values: [Double]),
        confidence: Double, level: Double
    ) -> Entry {
        var entry = Entry(
            statistic: statistic.name, unit: statistic.unit, a: a.name, b: b.name, verdict: .unknown)
        guard a.values.count > 2, b.values.count > 2 else { return entry }
        let (one, other) = (Mean(a.values), Mean(b.values))
        let difference = other.value - one.value
        let error = (one.variance + other.variance).squareRoot()
        let squares =
            one.variance * one.variance / Double(a.values.count - 1)
            + other.variance * other.variance / Double(b.values.count - 1)
        let freedom = squares > 0 ? error * error * error * error / squares : Double(a.values.count - 1)
        let width = error * Quantiles.standardErrors(confidence: confidence, freedom: freedom)
        entry.valueA = one.value
        entry.valueB = other.value
        entry.difference = difference
        (entry.low, entry.high) = ((difference - width).ifFinite, (difference + width).ifFinite)
        entry.detectable =
            (error
            * (StudentDistribution.quantile(above: level / 2, freedom: freedom)
                + StudentDistribution.quantile(below: power, freedom: freedom)))
            .ifFinite
        let probability =
            error > 0
            ? 2 * StudentDistribution.above(abs(difference) / error, freedom: freedom)
            : difference == 0 ? 1 : 0
        entry.verdict = probability <= level ? .different : .notDifferent
        return entry
    }

    private struct Mean {
        var value: Double
        /// Of the mean.
        var variance: Double

        init(_ values: [Double]) {
            let moments = TrainStatistic.moments(values)
            (value, variance) = (moments.mean, moments.variance / Double(values.count))
        }
    }
}
