/// Which spike of a tested train is which spike of the reference.
///
/// Spikes are paired by time, at the least total cost: a pair costs 2 |δt| / `window`, a spike left alone costs 1, so no
/// pair is further apart than the window and no two pairs cross.  This is the alignment behind Victor and Purpura's
/// metric with q = 2 / window.  Pairing by index instead would turn one extra spike into an error of every later one.
///
/// Source: J. D. Victor, K. P. Purpura, J. Neurophysiol. 76 (1996), doi:10.1152/jn.1996.76.2.1310.
public struct SpikeMatching: Hashable, Sendable {
    public struct Pair: Hashable, Sendable {
        /// Positions in the two trains.
        public var reference: Int
        public var tested: Int
        /// Tested minus reference, ms.
        public var timeError: Double
    }

    /// In order of time.
    public var pairs: [Pair]
    /// Reference spikes without a partner.
    public var missed: Int
    /// Tested spikes without a partner.
    public var extra: Int
    /// What the pairs and the spikes left alone cost: Victor and Purpura's distance of the trains.
    public var cost: Double

    /// - Parameters:
    ///   - reference: Ascending times; so is `tested`.
    ///   - window: The largest distance of a pair, ms.
    public init(reference: [Spike], tested: [Spike], window: Double) {
        pairs =
            Self.obviousPairs(reference, tested, window: window)
            ?? Self.cheapestPairs(reference, tested, window: window)
        missed = reference.count - pairs.count
        extra = tested.count - pairs.count
        cost = pairs.reduce(Double(missed + extra)) { $0 + 2 * abs($1.timeError) / window }
    }

    /// Index by index, where every spike is nearer to its namesake than to any other spike could be.
    private static func obviousPairs(_ reference: [Spike], _ tested: [Spike], window: Double) -> [Pair]? {
        guard reference.count == tested.count else { return nil }
        var pairs: [Pair] = []
        pairs.reserveCapacity(reference.count)
        var largest = 0.0
        var shortestInterval = Double.infinity
        for k in reference.indices {
            let error = tested[k].time - reference[k].time
            largest = max(largest, abs(error))
            if k > 0 { shortestInterval = min(shortestInterval, reference[k].time - reference[k - 1].time) }
            pairs.append(Pair(reference: k, tested: k, timeError: error))
        }
        return largest <= window && 2 * largest <= shortestInterval ? pairs : nil
    }

    /// Dynamic programming over prefixes of the two trains.
    private static func cheapestPairs(_ reference: [Spike], _ tested: [Spike], window: Double) -> [Pair] {
        let columns = tested.count + 1
        var cost = [Double](repeating: 0, count: (reference.count + 1) * columns)
        for j in 0...tested.count { cost[j] = Double(j) }
        for (i, spike) in reference.enumerated() {
            cost[(i + 1) * columns] = Double(i + 1)
            for (j, other) in tested.enumerated() {
                let shift = 2 * abs(other.time - spike.time) / window
                cost[(i + 1) * columns + j + 1] = min(
                    cost[i * columns + j] + shift, cost[i * columns + j + 1] + 1,
                    cost[(i + 1) * columns + j] + 1)
            }
        }
        var pairs: [Pair] = []
        var (i, j) = (reference.count, tested.count)
        while i > 0, j > 0 {
            let error = tested[j - 1].time - reference[i - 1].time
            let here = cost[i * columns + j]
            if here == cost[(i - 1) * columns + j - 1] + 2 * abs(error) / window {
                pairs.append(Pair(reference: i - 1, tested: j - 1, timeError: error))
                (i, j) = (i - 1, j - 1)
            } else if here == cost[(i - 1) * columns + j] + 1 {
                i -= 1
            } else {
                j -= 1
            }
        }
        return pairs.reversed()
    }
}
