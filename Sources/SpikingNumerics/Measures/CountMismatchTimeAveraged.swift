/// The part of (T/2, T] during which any neuron's number of spikes so far differs.
///
/// It is the conditional expectation, given the path, of `CountMismatch` at a T drawn uniformly from (T/2, T], and so has the
/// same mean as `CountMismatch` over such T.  A T between two spikes that are only displaced is counted by the length of the
/// gap, instead of by whether T happens to fall into it.
public struct CountMismatchTimeAveraged: Measure {
    public let descriptor = MeasureDescriptor(
        name: "count-mismatch-time-averaged",
        summary: "part of the times T/2 … T during which any neuron's spike count differs", unit: "",
        axisLabel: "P(wrong spike count) over T/2 … T",
        sentence:
            "Part of the second half of the time during which at least one neuron's spike count differs: the mean of "
            + "count-mismatch over such times T, with a fraction of its variance.", size: .one)
    public let estimate = Estimate.mean

    public init() {}

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        1
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        let duration = path.neurons[neurons.lowerBound].duration
        let part = Self.timeApart(path.neurons[neurons], from: duration / 2, to: duration) / (duration / 2)
        return Sample(value: part, square: part * part)
    }

    /// ms between `start` and `end` during which some neuron's counts differ.
    private static func timeApart(
        _ neurons: ArraySlice<PathComparison.Neuron>, from start: Double, to end: Double
    ) -> Double {
        var changes: [(time: Double, neuron: Int, change: Int)] = []
        for k in neurons.indices {
            changes += neurons[k].referenceSpikes.map { (max(start, $0.time), k, -1) }
            changes += neurons[k].testedSpikes.map { (max(start, $0.time), k, 1) }
        }
        changes.sort { $0.time < $1.time }
        var excess = [Int](repeating: 0, count: neurons.count)
        var (apart, differing, before) = (0.0, 0, start)
        for (time, neuron, change) in changes where time < end {
            if differing > 0 { apart += time - before }
            before = time
            let k = neuron - neurons.startIndex
            if excess[k] == 0 { differing += 1 }
            excess[k] += change
            if excess[k] == 0 { differing -= 1 }
        }
        return differing > 0 ? apart + end - before : apart
    }
}
