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

    private static func cheapestPairs(_ reference: [Spike], _ tested: [Spike], window: Double) -> [Pair] {
        let costs = AlignmentCosts(reference, tested, window: window)
        var pairs: [Pair] = []
        var (i, j) = (reference.count, tested.count)
        while i > 0, j > 0 {
            let error = tested[j - 1].time - reference[i - 1].time
            let here = costs[i, j]
            if abs(error) <= window, here == costs[i - 1, j - 1] + 2 * abs(error) / window {
                pairs.append(Pair(reference: i - 1, tested: j - 1, timeError: error))
                (i, j) = (i - 1, j - 1)
            } else if here == costs[i - 1, j] + 1 {
                i -= 1
            } else {
                j -= 1
            }
        }
        return pairs.reversed()
    }
}

/// The least cost of aligning the first i spikes of one train with the first j of another, by dynamic programming.
///
/// A spike has partners only within the window, so that of each row only the columns of these are computed and kept:
/// left of them the row's spike stays alone, and right of them the others' do.  Memory and time grow with the pairs that
/// are possible, not with the square of the spikes.
private struct AlignmentCosts {
    private struct Row {
        /// Columns that are kept: from before the first possible partner to the last one.
        var first: Int
        var values: [Double]
    }

    private var rows: [Row] = []

    init(_ reference: [Spike], _ tested: [Spike], window: Double) {
        rows.reserveCapacity(reference.count + 1)
        rows.append(Row(first: 0, values: [0]))
        var (low, high) = (0, 0)
        for (i, spike) in reference.enumerated() {
            while low < tested.count, tested[low].time < spike.time - window { low += 1 }
            high = max(high, low)
            while high < tested.count, tested[high].time <= spike.time + window { high += 1 }
            var values = [self[i, low] + 1]
            values.reserveCapacity(high - low + 1)
            for j in low..<high {
                let shift = 2 * abs(tested[j].time - spike.time) / window
                values.append(min(self[i, j] + shift, self[i, j + 1] + 1, values[j - low] + 1))
            }
            rows.append(Row(first: low, values: values))
        }
    }

    subscript(i: Int, j: Int) -> Double {
        var row = i
        // Left of the kept columns every spike of the row is alone.
        while j < rows[row].first { row -= 1 }
        let (first, values) = (rows[row].first, rows[row].values)
        let last = first + values.count - 1
        return values[min(j, last) - first] + Double(max(0, j - last)) + Double(i - row)
    }
}
