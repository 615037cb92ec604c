import NumericalMethods

/// How often neurons fire together.
public enum JointFiring {
    /// P(two neurons fire within δ): the probability that a spike of one neuron has a spike of another no
    /// further away than δ, against δ.
    ///
    /// Averaged over all spikes of all ordered pairs of neurons, so neurons weigh by their spikes.  It does
    /// not decrease with δ.  Independent Poisson neurons of rate ν give 1 - e^{-2νδ}, and a little less near
    /// the window's ends, beyond which no partner is seen: of a fraction δ / duration of the spikes, one side
    /// is partly hidden.
    ///
    /// Takes O(N² n) time for N neurons with n spikes each.
    ///
    /// - Parameters:
    ///   - lags: Values of δ in ms, in any order, not negative.
    ///   - trains: All in one window.
    /// - Returns: One probability per lag, or nil if there is no pair of neurons one of which fires.
    /// - Throws: `SpikeTrainError.unequalWindows`.
    public static func probability(
        within lags: [Double], trains: [SpikeTrain]
    ) throws(SpikeTrainError) -> [Double]? {
        guard let window = trains.first?.window else { return nil }
        for train in trains where train.window != window { throw .unequalWindows(window, train.window) }
        let order = lags.indices.sorted { lags[$0] < lags[$1] }
        let ascending = order.map { lags[$0] }
        // near[k]: spikes whose nearest partner is within ascending[k], but not within the lag before.
        var near = [Int](repeating: 0, count: lags.count + 1)
        for (i, train) in trains.enumerated() {
            for (j, other) in trains.enumerated() where i != j {
                forEachNearest(of: train.times, in: other.times) { distance in
                    near[ascending.partitioningIndex { $0 >= distance }] += 1
                }
            }
        }
        let total = near.reduce(0, +)
        guard total > 0 else { return nil }
        var (result, within) = ([Double](repeating: 0, count: lags.count), 0)
        for (k, index) in order.enumerated() {
            within += near[k]
            result[index] = Double(within) / Double(total)
        }
        return result
    }

    /// Visits, for every spike, the distance to the nearest of other spikes; infinity if there is none.
    private static func forEachNearest(
        of spikes: [Double], in others: [Double], _ body: (Double) -> Void
    ) {
        var next = 0
        for time in spikes {
            while next < others.count, others[next] < time { next += 1 }
            let later = next < others.count ? others[next] - time : .infinity
            let earlier = next > 0 ? time - others[next - 1] : .infinity
            body(min(later, earlier))
        }
    }
}
