/// Standard errors of what is no mean: paths are dealt out to groups by their numbers, and leaving out one group after the
/// other shows how much the value depends on the paths (R. G. Miller, Biometrika 61 (1974), doi:10.1093/biomet/61.1.1).
///
/// Two processes on the same paths have the same groups, so that a difference of theirs has the small error that it
/// has on common paths.
enum Jackknife {
    static let groups = 16

    /// A value, and what leaving out groups says of it.
    struct Found {
        var value: Double
        /// Less what few paths bias it by, to first order.
        var corrected: Double
        var variance: Double
        /// Groups with something in them.
        var groups: Int
        /// The values without one group after the other.
        var parts: [Double]

        /// With one group or less nothing is known of the error.
        init(_ value: Double, _ parts: [Double], used: Int) {
            (self.value, groups, self.parts) = (value, used, parts)
            guard parts.count == used, used > 1 else {
                (corrected, variance) = (value, .infinity)
                return
            }
            let count = Double(used)
            let average = parts.reduce(0, +) / count
            corrected = count * value - (count - 1) * average
            variance = covariance(parts, parts)
        }
    }

    /// Of two values, from what leaving out the same groups makes of each.
    static func covariance(_ one: [Double], _ other: [Double]) -> Double {
        let count = Double(one.count)
        let (a, b) = (one.reduce(0, +) / count, other.reduce(0, +) / count)
        return zip(one, other).reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) } * (count - 1) / count
    }

    /// - Parameters:
    ///   - used: The groups that have paths.
    ///   - statistic: Of all paths, or of those outside a group; nil where they have none.
    /// - Returns: Nil where all paths together have no value.
    static func found(used: [Int], _ statistic: (_ leavingOut: Int?) -> Double?) -> Found? {
        statistic(nil).map { Found($0, used.compactMap(statistic), used: used.count) }
    }
}
