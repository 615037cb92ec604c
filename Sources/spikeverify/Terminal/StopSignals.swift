import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and SIGTERM as a wish to stop at the next occasion; a second one ends the process at once.
enum StopSignals {
    private static let received = Atomic<Int32>(0)
    /// Written once, by `watch`.
    nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []
    private static let actions = Mutex<[@Sendable () -> Void]>([])

    /// Call it once, before anything that is to be stopped.
    static func watch() {
        let queue = DispatchQueue(label: "signals")
        sources = [SIGINT, SIGTERM].map { number in
            // The default action would end the process before the source hears of it.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                signal(number, SIG_DFL)
                guard first == nil else { return }
                // Before anybody can see the signal and say what has come of it.
                StandardError.print("stopping; once more to stop at once")
                received.store(number, ordering: .relaxed)
                actions.withLock { $0 }.forEach { $0() }
            }
            source.resume()
            return source
        }
    }

    /// The number of the first signal; nil before it.
    static var first: Int32? {
        let number = received.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }

    /// Something to do at the first signal; at once where it has come already.  It may be done twice.
    static func onFirst(_ action: @escaping @Sendable () -> Void) {
        actions.withLock { $0.append(action) }
        if first != nil { action() }
    }
}
