/// How many paths each level deserves.
///
/// The standard error ε of a sum of independent means costs least where level l has N_l = √(V_l/C_l) Σ √(V_k C_k) / ε² paths,
/// V being the variance of a path and C its cost; the total cost is then (Σ √(V_k C_k))² / ε².
///
/// Source: M. B. Giles, Operations Research 56 (2008), doi:10.1287/opre.1070.0496.
package enum LevelAllocation {
    /// Paths are simulated so many at a time.
    package static let grain = 8

    /// - Returns: Nil where some level would need more paths than there are numbers for.
    package static func paths(variances: [Double], costs: [Double], accuracy: Double) -> [Int]? {
        let total = zip(variances, costs).reduce(0) { $0 + ($1.0 * $1.1).squareRoot() }
        let wanted = zip(variances, costs).map { variance, cost in
            (variance / cost).squareRoot() * total / (accuracy * accuracy)
        }
        guard wanted.allSatisfy({ $0 <= Double(UInt32.max) - Double(grain) }) else { return nil }
        return wanted.map { Int(($0 / Double(grain)).rounded(.up)) * grain }
    }
}
