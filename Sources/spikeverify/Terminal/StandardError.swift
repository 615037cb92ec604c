import ConvergenceStudies
import Foundation

/// Errors and progress go here, so that what goes to standard output can be piped on.
enum StandardError {
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Text may come from files and other programs, so it is made visible.
    static func print(_ text: String) {
        write(text.visibleLines + "\n")
    }

    /// Text as it is: that of the progress line, which moves the cursor.
    static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
