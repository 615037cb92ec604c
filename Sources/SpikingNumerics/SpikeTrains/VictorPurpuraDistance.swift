extension SpikeTrainPair {
    /// The least cost of turning one train into the other: 1 for every spike added or removed, `cost` per ms
    /// by which a spike is moved.
    ///
    /// A metric.  Spikes further apart than 2 / `cost` are never paired.  It is the difference of the counts
    /// at cost 0; at an infinite cost, the number of spikes without a partner at precisely their time, each
    /// copy of a repeated spike needing one of its own.
    ///
    /// Takes O(n m) time and O(m) memory.
    ///
    /// Source: J. D. Victor, K. P. Purpura, J. Neurophysiol. 76 (1996), doi:10.1152/jn.1996.76.2.1310.
    ///
    /// - Parameter cost: q in 1/ms, from 0 to infinity.
    public func victorPurpuraDistance(cost: Double) -> Double {
        precondition(cost >= 0, "the cost of moving a spike is negative")
        // row[j]: the cheapest way from the spikes of `first` seen so far to the first j of `second`.
        var row = (0...second.times.count).map(Double.init)
        for (i, time) in first.times.enumerated() {
            var diagonal = row[0]
            row[0] = Double(i + 1)
            for (j, other) in second.times.enumerated() {
                // Infinity times nothing is nothing here.
                let shift = time == other ? 0 : cost * abs(time - other)
                let cheapest = min(diagonal + shift, row[j] + 1, row[j + 1] + 1)
                diagonal = row[j + 1]
                row[j + 1] = cheapest
            }
        }
        return row[second.times.count]
    }
}
