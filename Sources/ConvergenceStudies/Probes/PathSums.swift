/// Sums over paths: what a probe adds up on one path after the other, on many threads and machines.
protocol PathSums: Archived, Sendable {
    /// Adds the sums over the paths that come next.
    mutating func fold(_ later: Self)
}

/// Sums of several participants or cases, each with its own.
extension Array: PathSums where Element: PathSums {
    mutating func fold(_ later: [Element]) {
        for k in indices { self[k].fold(later[k]) }
    }
}
