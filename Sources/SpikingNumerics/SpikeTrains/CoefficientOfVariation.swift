extension SpikeTrain {
    /// Standard deviation of the interspike intervals over their mean: 0 for a clock, 1 for a Poisson train.
    ///
    /// The standard deviation is that of the intervals at hand (divided by their number, not by one less).
    /// Intervals cut off by the window's ends do not count.
    ///
    /// - Returns: Nil with fewer than two intervals, which say nothing about variation, or if all have length
    ///   zero.
    public var coefficientOfVariation: Double? {
        let intervals = zip(times.dropFirst(), times).map { $0 - $1 }
        guard intervals.count > 1, let longest = intervals.max(), longest > 0 else { return nil }
        let count = Double(intervals.count)
        let mean = intervals.reduce(0, +) / count
        let square = intervals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        return square.squareRoot() / mean
    }
}
