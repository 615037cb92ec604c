import Foundation
import Synchronization

/// How far a study has come, on standard error.
package final class ProgressBar: Sendable {
    enum Style {
        case hidden
        /// A line on a terminal, drawn again and again.
        case bar
        /// A line in a log now and then.
        case log

        init(isQuiet: Bool, isVerbose: Bool) {
            if isQuiet {
                self = .hidden
            } else if StandardError.isTerminal {
                self = .bar
            } else {
                self = isVerbose ? .log : .hidden
            }
        }

        /// Seconds between two lines, and before the first.
        var pause: (first: Double, next: Double) { self == .bar ? (0, 0.2) : (30, 30) }
    }

    private let name: String
    /// Paths that an earlier run has left.
    private let before: Int
    private let start = ContinuousClock.now
    private let style: Style
    private struct State {
        var pace: ProgressPace
        /// Whether there is a line to be taken away.
        var isDrawn = false
    }
    private let state: Mutex<State>

    private static let eraseLine = "\r\u{1B}[2K"

    init(name: String, before: Int = 0, style: Style = .init(isQuiet: false, isVerbose: false)) {
        (self.name, self.before, self.style) = (name, before, style)
        state = Mutex(State(pace: ProgressPace(first: style.pause.first, next: style.pause.next)))
    }

    /// Redraws the line, at most five times a second, or adds one every half minute.  May be called from any thread.
    func update(done: Int, total: Int) {
        guard style != .hidden else { return }
        state.withLock { state in
            let elapsed = start.duration(to: .now).seconds
            guard state.pace.isDue(elapsed) else { return }
            let line = Self.line(done: done, total: total, elapsed: elapsed, before: before)
            state.isDrawn = style == .bar
            StandardError.write(
                style == .bar ? "\(Self.eraseLine)\(name) \(line)" : "\(name) \(line)\n")
        }
    }

    /// Takes the line away.
    func clear() {
        state.withLock { state in
            if state.isDrawn { StandardError.write(Self.eraseLine) }
            state.isDrawn = false
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

/// Lets something happen now and then.
package struct ProgressPace: Sendable {
    private var due: Double
    private let pause: Double

    /// - Parameters: Seconds before the first time and between two.
    package init(first: Double, next: Double) { (due, pause) = (first, next) }

    /// - Parameter elapsed: Seconds since the beginning, never less than the time before.
    package mutating func isDue(_ elapsed: Double) -> Bool {
        guard elapsed >= due else { return false }
        due = elapsed + pause
        return true
    }
}

extension Duration {
    fileprivate var seconds: Double { self / .seconds(1) }
}
