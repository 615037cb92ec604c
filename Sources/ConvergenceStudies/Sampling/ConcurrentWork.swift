import Foundation
import Synchronization

/// A list of tasks on several threads.
package enum ConcurrentWork {
    /// What `work` makes of the numbers 0 ..< `count`, in their order.
    ///
    /// - Throws: What `work` throws for the lowest number that it fails for, among those that were tried.
    package static func map<Value: Sendable>(
        _ count: Int, threads: Int, _ work: @Sendable (Int) throws -> Value
    ) throws -> [Value] {
        let state = Mutex<(next: Int, done: [Int: Result<Value, any Error>], hasFailed: Bool)>(
            (0, [:], false))
        DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
            while let index = state.withLock({ state -> Int? in
                guard state.next < count, !state.hasFailed else { return nil }
                defer { state.next += 1 }
                return state.next
            }) {
                let result = Result { try work(index) }
                state.withLock {
                    $0.done[index] = result
                    if case .failure = result { $0.hasFailed = true }
                }
            }
        }
        let done = state.withLock { $0.done }
        return try done.sorted { $0.key < $1.key }.map { try $0.value.get() }
    }
}
