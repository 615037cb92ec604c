extension SpikeTrainPair {
    /// The time average of |ν₁ - ν₂| / max(ν₁, ν₂), ν being the interspike interval a train is in: 0 for
    /// equal local rates, towards 1 for very different ones.
    ///
    /// A metric on trains up to what their intervals leave open.  Intervals at the window's ends are
    /// completed as Satuvuori and others do, a train without spikes counts as one interval, and spikes at one
    /// time as one spike. Takes O(n + m) time.
    ///
    /// Source: T. Kreuz et al., J. Neurosci. Methods 165 (2007), doi:10.1016/j.jneumeth.2007.05.031.
    public func isiDistance() -> Double {
        let (a, b) = (InterspikeIntervals(first), InterspikeIntervals(second))
        var sum = 0.0
        InterspikeIntervals.overlaps(a, b) { start, end, i, j in
            let (x, y) = (a.intervals[i].length, b.intervals[j].length)
            sum += (end - start) * abs(x - y) / max(x, y)
        }
        return sum / duration
    }
}
