import Foundation
import Synchronization

/// A line on standard error that shows how far a study has come; nothing where that is no terminal.
package final class ProgressBar: Sendable {
    private let name: String
    /// Paths that an earlier run has left.
    private let before: Int
    private let start = ContinuousClock.now
    /// When the line was last drawn; nil before the first time.
    private let drawn = Mutex<ContinuousClock.Instant?>(nil)
    private let isShown = StandardError.isTerminal

    private static let shortestPause = Duration.milliseconds(200)
    private static let eraseLine = "\r\u{1B}[2K"

    init(name: String, before: Int = 0) {
        self.name = name
        self.before = before
    }

    /// Redraws the line, at most five times a second.  May be called from any thread.
    func update(done: Int, total: Int) {
        guard isShown else { return }
        drawn.withLock { last in
            let now = ContinuousClock.now
            if let last, last.duration(to: now) < Self.shortestPause { return }
            last = now
            let line = Self.line(
                done: done, total: total, elapsed: start.duration(to: now).seconds, before: before)
            StandardError.write("\(Self.eraseLine)\(name) \(line)")
        }
    }

    /// Takes the line away.
    func clear() {
        drawn.withLock { last in
            if last != nil { StandardError.write(Self.eraseLine) }
            last = nil
        }
    }

    /// `[#####-----] 43 %  12 s left  5300 paths/s`
    ///
    /// - Parameters:
    ///   - elapsed: Seconds since the first path of this run was begun.
    ///   - before: How many of the paths are an earlier run's.
    package static func line(done: Int, total: Int, elapsed: Double, before: Int = 0) -> String {
        let fraction = total > 0 ? min(1, Double(done) / Double(total)) : 0
        let width = 20
        let filled = Int(fraction * Double(width))
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
        var line = "[\(bar)] \(Int(fraction * 100)) %"
        if done > before, elapsed > 0 {
            let rate = Double(done - before) / elapsed
            line += "  \(remaining(Double(total - done) / rate))  \(Int(rate)) paths/s"
        }
        return line
    }

    private static func remaining(_ seconds: Double) -> String {
        switch seconds {
        case ..<100: "\(Int(seconds.rounded(.up))) s left"
        case ..<6000: "\(Int((seconds / 60).rounded(.up))) min left"
        default: "\(Int((seconds / 3600).rounded(.up))) h left"
        }
    }
}

extension Duration {
    fileprivate var seconds: Double { self / .seconds(1) }
}
