import NumericalMethods

extension SpikeTrainPair {
    /// The time average of S(t) = (S₁ν₂ + S₂ν₁) / (2 ((ν₁ + ν₂)/2)²): how far the spikes around t are from
    /// the nearest spikes of the other train, in units of the local interspike interval.
    ///
    /// ν is the interval a train is in.  S₁ interpolates linearly, between the two spikes around t, each
    /// one's distance from the nearest spike of the other train; before the first spike and after the last it
    /// keeps that one's value. This is the improved definition with corrected edges: unseen spikes are taken
    /// to be where the intervals cut off by the window (completed as for `isiDistance`) begin and end, and
    /// may be nearest.  A train without spikes counts as one with spikes at both ends of the window, spikes
    /// at one time as one spike.
    ///
    /// Symmetric, and unchanged when time runs backwards; not proved to be a metric.  S is linear in t
    /// between spikes, so its integral is exact.  Takes O((n + m) log (n + m)) time.
    ///
    /// Source: T. Kreuz et al., J. Neurophysiol. 109 (2013), doi:10.1152/jn.00873.2012; E. Satuvuori et al.,
    /// J. Neurosci. Methods 287 (2017), doi:10.1016/j.jneumeth.2017.05.028.
    public func spikeDistance() -> Double {
        let (a, b) = (InterspikeIntervals(first), InterspikeIntervals(second))
        let (ofA, ofB) = (a.differences(from: b), b.differences(from: a))
        var sum = 0.0
        InterspikeIntervals.overlaps(a, b) { start, end, i, j in
            let (x, y) = (a.intervals[i].length, b.intervals[j].length)
            func weighted(_ t: Double) -> Double {
                ofA[i].value(at: t, a.intervals[i]) * y + ofB[j].value(at: t, b.intervals[j]) * x
            }
            sum += (end - start) * (weighted(start) + weighted(end)) / ((x + y) * (x + y))
        }
        return sum / duration
    }
}

/// Distances of the spikes at an interval's ends from the nearest spikes of another train, ms.
private struct EndDifferences {
    var left, right: Double

    func value(at time: Double, _ interval: InterspikeIntervals.Interval) -> Double {
        (left * (interval.end - time) + right * (time - interval.start)) / (interval.end - interval.start)
    }
}

extension InterspikeIntervals {
    /// One entry per interval.
    fileprivate func differences(from other: InterspikeIntervals) -> [EndDifferences] {
        let distances = spikes.map { other.distance(to: $0) }
        return intervals.map { interval in
            switch (interval.left, interval.right) {
            case (let left?, let right?): EndDifferences(left: distances[left], right: distances[right])
            case (let only?, nil), (nil, let only?):
                EndDifferences(left: distances[only], right: distances[only])
            case (nil, nil):
                EndDifferences(
                    left: other.distance(to: interval.start), right: other.distance(to: interval.end))
            }
        }
    }

    /// From a time in the window to the nearest spike, seen or unseen.
    private func distance(to time: Double) -> Double {
        let next = spikes.partitioningIndex { $0 >= time }
        let later = next < spikes.count ? spikes[next] : after
        let earlier = next > 0 ? spikes[next - 1] : before
        return min(later - time, time - earlier)
    }
}
