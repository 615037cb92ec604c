/// Multilevel Monte Carlo: the mean of an observable as the sum of the means of differences between one level and the next,
/// each from paths of its own.
///
/// The last level's finer solution is the reference itself, so there is no bias to be balanced against the standard error.
///
/// Sources: M. B. Giles, Operations Research 56 (2008), doi:10.1287/opre.1070.0496; Acta Numerica 24 (2015),
/// doi:10.1017/S096249291500001X.
package struct MultilevelEstimator: Sendable {
    /// A pilot is doubled until it resolves the level's variance, but at most up to so many times its size.
    package static let longestPilot = 64

    let levels: any LevelSampling
    let pilot: Int
    let threads: Int

    /// - Parameter pilot: A multiple of `LevelAllocation.grain`.
    package init(_ levels: any LevelSampling, pilot: Int = Study.MultilevelChoice.usualPilot, threads: Int) {
        (self.levels, self.pilot, self.threads) = (levels, pilot, threads)
    }

    /// Samples until the standard error of the sum is at most `accuracy`.
    ///
    /// - Parameter stream: Estimates with different streams are independent of each other.
    /// - Returns: The sums of all levels, the coarsest first.
    /// - Throws: `MultilevelError`, and what the levels throw.
    package func sums(accuracy: Double, stream: Int) throws -> [LevelSums] {
        var sums = [LevelSums](repeating: LevelSums(), count: levels.levelCount)
        try extend(&sums, to: sums.map { _ in pilot }, stream: stream)
        while true {
            let longer = sums.map {
                $0.isResolved || $0.count >= pilot * Self.longestPilot ? $0.count : 2 * $0.count
            }
            if longer == sums.map(\.count) { break }
            try extend(&sums, to: longer, stream: stream)
        }
        while sums.standardError > accuracy {
            guard
                let wanted = LevelAllocation.paths(
                    variances: sums.map(\.variance), costs: sums.map(\.costPerPath), accuracy: accuracy)
            else { throw MultilevelError.tooManyPaths(accuracy: accuracy) }
            if zip(wanted, sums).allSatisfy({ $0 <= $1.count }) { break }
            try extend(&sums, to: wanted, stream: stream)
        }
        return sums
    }

    /// Tasks are cut by the numbers of paths alone, so the sums do not depend on who does them.
    private func extend(_ sums: inout [LevelSums], to counts: [Int], stream: Int) throws {
        let tasks = zip(sums, counts).enumerated().flatMap { level, bounds in
            stride(from: bounds.0.count, to: bounds.1, by: PathSampler.blockSize).map {
                (level: level, paths: $0..<min($0 + PathSampler.blockSize, bounds.1))
            }
        }
        let levels = levels
        let parts = try ConcurrentWork.map(tasks.count, threads: threads) {
            try levels.sums(level: tasks[$0].level, stream: stream, paths: tasks[$0].paths)
        }
        for (task, part) in zip(tasks, parts) { sums[task.level].fold(part) }
    }
}

extension [LevelSums] {
    package var mean: Double { reduce(0) { $0 + $1.mean } }
    package var standardError: Double { reduce(0) { $0 + $1.variance / Double($1.count) }.squareRoot() }
    package var work: Double { reduce(0) { $0 + $1.work } }

    /// Degrees of freedom of the standard error, by Satterthwaite's rule; a level has half as many as a normal
    /// sample whose variance is known as well, as `LevelEstimates` has it.
    ///
    /// Source: F. E. Satterthwaite, Biometrics Bulletin 2 (1946), doi:10.2307/3002019.
    package var freedom: Double {
        let shares = map { $0.variance / Double($0.count) }
        let total = shares.reduce(0, +)
        let uncertain = zip(shares, self).reduce(0) { sum, level in
            level.0 > 0 ? sum + level.0 * level.0 * level.1.relativeVarianceOfVariance : sum
        }
        return uncertain > 0 ? total * total / uncertain : Double(reduce(0) { $0 + $1.count })
    }
}

/// Why there is no multilevel estimate.
public enum MultilevelError: Error, CustomStringConvertible {
    case tooManyPaths(accuracy: Double)

    public var description: String {
        switch self {
        case .tooManyPaths(let accuracy):
            "estimator.multilevel.accuracy: \(accuracy) takes more than \(UInt32.max) paths of one level; "
                + "ask for a larger standard error"
        }
    }
}
