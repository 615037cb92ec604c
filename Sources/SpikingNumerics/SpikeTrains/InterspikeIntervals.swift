/// The interspike interval that every time of a window lies in, with Kreuz's convention for the two that are
/// cut off.
///
/// An interval cut off by an end of the window is taken to be as long as is seen of it, or as long as its
/// neighbour if that is longer.  A train without spikes is one interval, the window.
///
/// Source: E. Satuvuori et al., J. Neurosci. Methods 287 (2017), doi:10.1016/j.jneumeth.2017.05.028.
struct InterspikeIntervals {
    struct Interval {
        /// The part in the window, of positive length, ms.
        var start, end: Double
        /// The whole interval, ms.
        var length: Double
        /// Positions in `spikes` of the spikes at the ends, if these were seen.
        var left, right: Int?
    }

    /// Ascending, each time once.
    let spikes: [Double]
    /// Where the next spike is taken to be on either side, at or beyond the window's ends.
    let before, after: Double
    /// Ascending, covering the window.
    let intervals: [Interval]

    init(_ train: SpikeTrain) {
        let (start, end) = (train.window.lowerBound, train.window.upperBound)
        spikes = train.distinctTimes
        guard let first = spikes.first, let last = spikes.last else {
            (before, after) = (start, end)
            intervals = [Interval(start: start, end: end, length: end - start)]
            return
        }
        let count = spikes.count
        let leading = max(first - start, count > 1 ? spikes[1] - first : 0)
        let trailing = max(end - last, count > 1 ? last - spikes[count - 2] : 0)
        (before, after) = (min(start, first - leading), max(end, last + trailing))
        var all: [Interval] = []
        all.reserveCapacity(count + 1)
        if first > start { all.append(Interval(start: start, end: first, length: leading, right: 0)) }
        for k in 1..<count {
            let (from, to) = (spikes[k - 1], spikes[k])
            all.append(Interval(start: from, end: to, length: to - from, left: k - 1, right: k))
        }
        if last < end { all.append(Interval(start: last, end: end, length: trailing, left: count - 1)) }
        intervals = all
    }

    /// The stretches of time in which neither train changes its interval, with the positions of both
    /// intervals.
    static func overlaps(
        _ a: InterspikeIntervals, _ b: InterspikeIntervals,
        _ body: (_ start: Double, _ end: Double, _ first: Int, _ second: Int) -> Void
    ) {
        var (i, j) = (0, 0)
        while i < a.intervals.count, j < b.intervals.count {
            let (x, y) = (a.intervals[i], b.intervals[j])
            body(max(x.start, y.start), min(x.end, y.end), i, j)
            if x.end <= y.end { i += 1 }
            if y.end <= x.end { j += 1 }
        }
    }
}
