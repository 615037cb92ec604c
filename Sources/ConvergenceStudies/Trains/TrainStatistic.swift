import SpikingNumerics

/// A number that a trial's spike trains have.
public struct TrainStatistic: Sendable {
    public var name: String
    public var unit: String
    /// Nil where a trial has too few spikes for it.
    var value: @Sendable (_ trains: [SpikeTrain]) -> Double?

    /// What every pair of simulators is compared by.
    public static let all = [
        rate, intervalVariation, quantile(0.1), quantile(0.5), quantile(0.9), fanoFactor, correlation,
        synchrony,
    ]

    static let rate = TrainStatistic(name: "firing-rate", unit: "1/ms") { trains in
        let spikes = trains.reduce(0) { $0 + $1.times.count }
        return Double(spikes) / (Double(trains.count) * trains[0].duration)
    }

    /// Averaged over neurons that have two intervals.
    static let intervalVariation = TrainStatistic(name: "interval-cv", unit: "") { trains in
        mean(trains.compactMap(\.coefficientOfVariation))
    }

    /// Of the intervals of all neurons together: their law, at three places.
    static func quantile(_ part: Double) -> TrainStatistic {
        TrainStatistic(name: "interval-\(Int(part * 100))%", unit: "ms") { trains in
            let intervals = trains.flatMap { zip($0.times.dropFirst(), $0.times).map { $0 - $1 } }.sorted()
            guard intervals.count >= 10 else { return nil }
            let place = part * Double(intervals.count - 1)
            let low = Int(place)
            let high = min(low + 1, intervals.count - 1)
            return intervals[low] + (place - Double(low)) * (intervals[high] - intervals[low])
        }
    }

    /// Windows into which a trial is cut for counts.
    private static let windows = 10

    private static func counts(_ train: SpikeTrain) -> [Double] {
        var counts = [Double](repeating: 0, count: windows)
        for time in train.times {
            let window = Int((time - train.window.lowerBound) / train.duration * Double(windows))
            counts[min(windows - 1, max(0, window))] += 1
        }
        return counts
    }

    /// Variance over mean of counts in tenths of a trial, variances and means summed over neurons.
    static let fanoFactor = TrainStatistic(name: "fano-factor", unit: "") { trains in
        let found = trains.map { moments(counts($0)) }
        let average = found.reduce(0) { $0 + $1.mean }
        return average > 0 ? found.reduce(0) { $0 + $1.variance } / average : nil
    }

    /// Mean covariance of two neurons' counts in tenths of a trial over the mean product of their deviations.
    static let correlation = TrainStatistic(name: "pair-correlation", unit: "") { trains in
        guard trains.count > 1 else { return nil }
        let all = trains.map(counts)
        let together = (0..<windows).map { window in all.reduce(0) { $0 + $1[window] } }
        let variances = all.map { moments($0).variance }
        let variance = variances.reduce(0, +)
        let deviation = variances.reduce(0) { $0 + $1.squareRoot() }
        let products = deviation * deviation - variance
        return products > 0 ? (moments(together).variance - variance) / products : nil
    }

    /// P(another neuron fires within 1 ms of a spike).
    static let synchrony = TrainStatistic(name: "synchrony", unit: "") { trains in
        let spikes = trains.reduce(0) { $0 + $1.times.count }
        guard trains.count > 1, spikes > 0 else { return nil }
        return SynchronyBias.accompanied(trains) / Double(spikes)
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    static func moments(_ x: [Double]) -> (mean: Double, variance: Double) {
        let mean = x.reduce(0, +) / Double(x.count)
        return (mean, x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count - 1))
    }
}
