/// The spikes of one neuron in a window of observation.
public struct SpikeTrain: Hashable, Sendable {
    /// Ascending, ms; spikes at one time are allowed, and so are spikes at either end of the window.
    public let times: [Double]
    /// ms, of positive length.
    public let window: ClosedRange<Double>

    /// - Throws: `SpikeTrainError` unless the times ascend in the window.
    public init(_ times: [Double], window: ClosedRange<Double>) throws(SpikeTrainError) {
        let length = window.upperBound - window.lowerBound
        guard length > 0, length.isFinite else { throw .badWindow(window) }
        for (index, time) in times.enumerated() {
            // A NaN lies in no window.
            guard window.contains(time) else { throw .outsideWindow(index: index, time: time, window) }
            guard index == 0 || times[index - 1] <= time else { throw .notAscending(index: index) }
        }
        self.times = times
        self.window = window
    }

    /// Length of the window, ms.
    public var duration: Double { window.upperBound - window.lowerBound }

    /// The times, each once.
    ///
    /// Measures built on interspike intervals use these, for an interval of length zero has no ratio to
    /// another.
    var distinctTimes: [Double] {
        var distinct: [Double] = []
        distinct.reserveCapacity(times.count)
        for time in times where distinct.last != time { distinct.append(time) }
        return distinct
    }
}
