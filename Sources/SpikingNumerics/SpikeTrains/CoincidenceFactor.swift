extension SpikeTrainPair {
    /// Γ, the number of coincidences in units of the mean count, rescaled so that 1 is perfect agreement and
    /// 0 is what a Poisson train with the rate of `second` would reach.
    ///
    ///     Γ = (N_c - 2νΔN₁) / ((N₁ + N₂)/2) / (1 - 2νΔ),    ν = N₂ / duration
    ///
    /// N_c counts pairs no further apart than Δ in which no spike occurs twice, as many as there can be.
    /// `first` is the data (or reference), `second` the model, and Γ is not symmetric unless the counts
    /// agree.  Two trains without spikes agree, 1; a single silent one gives 0.
    ///
    /// Source: W. M. Kistler, W. Gerstner, J. L. van Hemmen, Neural Comput. 9 (1997),
    /// doi:10.1162/neco.1997.9.5.1015.
    ///
    /// - Parameter precision: Δ in ms, not negative.
    /// - Returns: Nil if 2νΔ ≥ 1: windows of that width cover everything, and chance cannot be told from
    ///   agreement.
    public func coincidenceFactor(precision: Double) -> Double? {
        precondition(precision >= 0, "the precision of a coincidence is negative")
        let (n, m) = (Double(first.times.count), Double(second.times.count))
        let covered = 2 * precision * m / duration
        guard covered < 1 else { return nil }
        guard n + m > 0 else { return 1 }
        let mean = (n + m) / 2
        return (Double(coincidences(within: precision)) / mean - covered * (n / mean)) / (1 - covered)
    }

    /// The largest number of disjoint pairs; taking the earliest possible one each time is optimal on a line.
    private func coincidences(within precision: Double) -> Int {
        let (a, b) = (first.times, second.times)
        var (i, j, count) = (0, 0, 0)
        while i < a.count, j < b.count {
            if abs(a[i] - b[j]) <= precision {
                (i, j, count) = (i + 1, j + 1, count + 1)
            } else if a[i] < b[j] {
                i += 1
            } else {
                j += 1
            }
        }
        return count
    }
}
