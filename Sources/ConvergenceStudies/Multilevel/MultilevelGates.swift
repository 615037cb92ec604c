import NumericalMethods

/// What has to hold for a multilevel estimate's standard error to mean anything.
///
/// Source: M. B. Giles, Acta Numerica 24 (2015), section 3.2, doi:10.1017/S096249291500001X.
package struct MultilevelGates: Sendable {
    /// The probability that any telescoping sum of a study is called broken although none is.
    package let falseAlarm: Double
    /// Telescoping sums that this probability is divided among.
    package let comparisons: Int
    /// Whether levels on which no path differs are known to have none that does.
    package let isCertain: Bool

    package init(falseAlarm: Double, comparisons: Int, isCertain: Bool = false) {
        (self.falseAlarm, self.comparisons) = (falseAlarm, max(1, comparisons))
        self.isCertain = isCertain
    }

    /// How far, in standard errors, two estimates of one mean may be apart.
    package var consistencyLimit: Double {
        NormalDistribution.quantile(above: falseAlarm / Double(comparisons) / 2)
    }

    /// By how many standard errors two independent estimates of one mean are apart: of a solution as the coarser one of a level
    /// and as the finer one of the level before.  Differences of levels sum up to the last level's mean only where these are
    /// the same.
    package static func consistency(_ level: LevelSums, before: LevelSums) -> Double {
        let difference = abs(level.coarserMean - before.finerMean)
        let error =
            (level.coarserVariance / Double(level.count) + before.finerVariance / Double(before.count))
            .squareRoot()
        let scale = max(abs(level.coarserMean), abs(before.finerMean))
        // Where no path differs from another, sums differ by rounding only.
        if difference <= Double(level.count + before.count) * .ulpOfOne * scale { return 0 }
        return difference / error
    }

    /// What is wrong, in words.
    ///
    /// - Parameter names: Of the levels, such as `h = 0.5`.
    package func warnings(_ levels: [LevelSums], names: [String]) -> [String] {
        levels.indices.flatMap { l -> [String] in
            let isKnown = isCertain && levels[l].variance == 0
            let tail = levels[l].isResolved || isKnown ? [] : [heavyTail(levels[l], name: names[l])]
            guard l > 0 else { return tail }
            let distance = Self.consistency(levels[l], before: levels[l - 1])
            guard distance > consistencyLimit else { return tail }
            return tail + [broken(by: distance, name: names[l - 1], next: names[l])]
        }
    }

    private func heavyTail(_ level: LevelSums, name: String) -> String {
        let carried =
            level.kurtosis.isFinite
            ? "a kurtosis of \(Self.rounded(level.kurtosis)) on \(level.count) paths leaves "
                + "\(Self.rounded(level.effectiveSample)) that effectively carry its variance, fewer than "
                + "\(Int(LevelEstimates.leastEffectiveSample))"
            : "none of \(level.count) paths shows any difference, so that rare ones may all be missing"
        return
            "kurtosis gate, level \(name): \(carried); neither the standard error nor the allocation is to be "
            + "trusted: take a longer pilot or leave out the finest steps"
    }

    private func broken(by distance: Double, name: String, next: String) -> String {
        "telescoping gate, \(name): its mean as the coarser solution beside \(next) is "
            + "\(Self.rounded(distance)) standard errors off its mean as the finer one, more than the "
            + "\(Self.rounded(consistencyLimit)) that chance explains; the levels do not add up to the reference's mean"
    }

    private static func rounded(_ x: Double) -> String {
        x.isFinite && x < 1e6 ? "\((x * 10).rounded() / 10)" : "\(x)"
    }
}
