import Synchronization

/// Counts the runs made on each level, two by two: the first of a pair, then its twin.
final class RunCounter: Sendable {
    private let counts = Mutex<[Int: Int]>([:])

    /// 0 for the first of a pair, 1 for the second.
    func next(_ level: Int) -> Int {
        counts.withLock { counts in
            defer { counts[level, default: 0] += 1 }
            return counts[level, default: 0] % 2
        }
    }
}
