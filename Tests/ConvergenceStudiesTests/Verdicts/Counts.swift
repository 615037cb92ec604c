import ConvergenceStudies

/// Sums over many paths of few kinds, without adding them up one by one.
struct Counts {
    /// The squared errors of a kind of path at every level, and how many paths are of it.
    var kinds: [(values: [Double], count: Int)]

    /// Paths whose error is 1 at the first k levels and 0 at the others; `hits` are the numbers of paths with an error at
    /// each level, of which none is larger than the one before.
    static func nested(hits: [Int], paths: Int) -> Counts {
        let reaching = [paths] + hits + [0]
        return Counts(
            kinds: (0...hits.count).map { k in
                (hits.indices.map { $0 < k ? 1 : 0 }, reaching[k] - reaching[k + 1])
            })
    }

    /// By doubling.
    var moments: Moments {
        let dimension = kinds[0].values.count
        var sum = Moments(dimension: dimension, levels: dimension)
        for (values, count) in kinds {
            var power = Moments(dimension: dimension, levels: dimension)
            power.add(values, squares: values.map { $0 * $0 })
            var left = count
            while left > 0 {
                if left & 1 == 1 { sum.fold(power) }
                let same = power
                power.fold(same)
                left >>= 1
            }
        }
        return sum
    }

    /// log of the binomial probability of k among n.
    static func logBinomial(_ k: Int, of n: Int, _ p: Double) -> Double {
        let (k, n) = (Double(k), Double(n))
        return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * log(p) + (n - k) * log1p(-p)
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

private func logGamma(_ x: Double) -> Double { lgamma(x) }
