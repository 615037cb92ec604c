#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension SpikeTrainPair {
    /// The L² distance of the trains after every spike has become e^{-t/τ}, t > 0.
    ///
    ///     D² = (2/τ) ∫ (f - g)² dt,    f(t) = Σ_{t_k ≤ t} e^{-(t - t_k)/τ},    the integral over all times
    ///
    /// A metric, normalised so that one spike more or less is a distance of 1; van Rossum's own is smaller by
    /// √2. As τ → 0 it becomes the root of the number of spikes without a simultaneous partner, as τ → ∞ the
    /// difference of the counts; both limits are accepted.
    ///
    /// Between events f - g decays exponentially, so D² is a sum over events of x²(1 - e^{-2Δ/τ}), x being f
    /// - g just after the event and Δ the time to the next.  All terms are positive: trains that nearly agree
    /// lose no digits, as they do in the usual difference of double sums.
    ///
    /// Takes O(n + m) time.
    ///
    /// Source: M. C. W. van Rossum, Neural Comput. 13 (2001), doi:10.1162/089976601300014321.
    ///
    /// - Parameter timeConstant: τ in ms, from 0 to infinity.
    public func vanRossumDistance(timeConstant: Double) -> Double {
        precondition(timeConstant >= 0, "the time constant is negative")
        let (a, b) = (first.times, second.times)
        var (i, j) = (0, 0)
        var (difference, last, square) = (0.0, window.lowerBound, 0.0)
        while i < a.count || j < b.count {
            let time = min(i < a.count ? a[i] : .infinity, j < b.count ? b[j] : .infinity)
            // At one time nothing decays, not even with τ = 0.
            let elapsed = time == last ? 0 : (time - last) / timeConstant
            square -= difference * difference * expm1(-2 * elapsed)
            difference *= exp(-elapsed)
            while i < a.count, a[i] == time { (i, difference) = (i + 1, difference + 1) }
            while j < b.count, b[j] == time { (j, difference) = (j + 1, difference - 1) }
            last = time
        }
        return (square + difference * difference).squareRoot()
    }
}
