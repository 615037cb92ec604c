/// Sums over the paths of one level of a multilevel estimator: of the difference Y between a finer and a coarser solution
/// on one path, and of each of the two.
package struct LevelSums: Sendable {
    package private(set) var count = 0
    /// ΣY, ΣY², ΣY³, ΣY⁴.
    private var powers = SIMD4<Double>.zero
    /// Σ and Σ of squares of the finer solution's observable, and of the coarser one's.
    private var finer = SIMD2<Double>.zero
    private var coarser = SIMD2<Double>.zero
    /// Work units of both solutions, and of the finer one by itself.
    package private(set) var work = 0.0
    package private(set) var finerWork = 0.0
    /// Of one core; no number of the result depends on it.
    package var seconds = 0.0

    package init() {}

    /// - Parameter coarser: Nil on the coarsest level, where Y is the observable itself.
    package mutating func add(finer x: Double, coarser z: Double?) {
        count += 1
        let y = x - (z ?? 0)
        powers += SIMD4(y, y * y, y * y * y, y * y * y * y)
        finer += SIMD2(x, x * x)
        coarser += SIMD2(z ?? 0, (z ?? 0) * (z ?? 0))
    }

    package mutating func add(work: Double, finerWork: Double) {
        self.work += work
        self.finerWork += finerWork
    }

    /// Adds the paths that come next.
    package mutating func fold(_ later: LevelSums) {
        count += later.count
        powers += later.powers
        finer += later.finer
        coarser += later.coarser
        work += later.work
        finerWork += later.finerWork
        seconds += later.seconds
    }

    /// Of Y.
    package var mean: Double { powers[0] / Double(count) }
    package var variance: Double { Self.variance(SIMD2(powers[0], powers[1]), count) }
    package var costPerPath: Double { work / Double(count) }

    package var finerMean: Double { finer[0] / Double(count) }
    package var finerVariance: Double { Self.variance(finer, count) }
    package var finerCostPerPath: Double { finerWork / Double(count) }
    package var coarserMean: Double { coarser[0] / Double(count) }
    package var coarserVariance: Double { Self.variance(coarser, count) }

    /// E(Y - EY)⁴ / (Var Y)²; infinite where all paths agree, since rare ones that do not may all be missing.
    package var kurtosis: Double {
        let n = Double(count)
        let (m, s2, s3, s4) = (mean, powers[1] / n, powers[2] / n, powers[3] / n)
        let spread = variance
        guard spread > 0 else { return .infinity }
        return max(1, (s4 - 4 * m * s3 + 6 * m * m * s2 - 3 * m * m * m * m) / (spread * spread))
    }

    /// The number of paths that effectively carry the variance.
    package var effectiveSample: Double { Double(count) / kurtosis }
    package var isResolved: Bool { effectiveSample >= LevelEstimates.leastEffectiveSample }

    /// Of the estimate of the variance, over the variance squared.
    package var relativeVarianceOfVariance: Double { (kurtosis - 1) / Double(count) }

    private static func variance(_ sums: SIMD2<Double>, _ count: Int) -> Double {
        guard count > 1 else { return .infinity }
        let n = Double(count)
        let spread = sums[1] - sums[0] * sums[0] / n
        // Where all paths agree only the rounding of n additions is left.
        return spread <= n * Double.ulpOfOne * sums[1] ? 0 : spread / (n - 1)
    }
}
