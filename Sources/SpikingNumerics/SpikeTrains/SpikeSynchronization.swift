extension SpikeTrainPair {
    /// The fraction of spikes that have a coincident partner in the other train, with a window that adapts to
    /// the rate.
    ///
    /// Two spikes coincide if they are less than τ apart, τ being half the shortest of the four interspike
    /// intervals that meet at them; where an interval is cut off by the window's ends, the length of the
    /// window stands for it.  No spike has two partners.  Two trains without spikes agree entirely, 1; spikes
    /// at one time count as one spike. Takes O(n + m) time.
    ///
    /// Source: T. Kreuz, M. Mulansky, N. Bozanic, J. Neurophysiol. 113 (2015), doi:10.1152/jn.00848.2014.
    public func spikeSynchronization() -> Double {
        let (a, b) = (first.distinctTimes, second.distinctTimes)
        guard !a.isEmpty || !b.isEmpty else { return 1 }
        var (i, j, coincidences) = (0, 0, 0)
        while i < a.count, j < b.count {
            let reach = min(shortestInterval(at: i, of: a), shortestInterval(at: j, of: b)) / 2
            if a[i] == b[j] || abs(a[i] - b[j]) < reach {
                coincidences += 1
                (i, j) = (i + 1, j + 1)
            } else if a[i] < b[j] {
                i += 1
            } else {
                j += 1
            }
        }
        return Double(2 * coincidences) / Double(a.count + b.count)
    }

    /// The shorter of the intervals before and after a spike, ms.
    private func shortestInterval(at index: Int, of times: [Double]) -> Double {
        let before = index > 0 ? times[index] - times[index - 1] : duration
        let after = index + 1 < times.count ? times[index + 1] - times[index] : duration
        return min(before, after)
    }
}
