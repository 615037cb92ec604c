import Foundation

/// Writes files so that whoever looks sees the old content or the new, never a part.
enum AtomicFile {
    /// Writes to a temporary name in the same directory, then renames.
    ///
    /// - Throws: `OutputError` with the reason.
    static func write(_ text: String, to path: String) throws(OutputError) {
        let url = URL(fileURLWithPath: path)
        let process = ProcessInfo.processInfo.processIdentifier
        let temporary = url.deletingLastPathComponent()
            .appendingPathComponent(".\(url.lastPathComponent).\(process).tmp").path
        guard writeAll(text, to: temporary), rename(temporary, path) == 0 else {
            let error = OutputError(path: path, code: errno)
            unlink(temporary)
            throw error
        }
    }

    /// - Returns: Whether all of it is written; if not, `errno` says why.
    private static func writeAll(_ text: String, to path: String) -> Bool {
        guard let file = fopen(path, "wb") else { return false }
        var text = text
        let isWritten = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) == $0.count }
        let reason = errno
        // A full disk may show only when what is buffered is written out.
        guard fclose(file) == 0 else { return false }
        errno = reason
        return isWritten
    }
}

/// Why something cannot be written.
struct OutputError: Error, CustomStringConvertible {
    var path: String
    /// The operating system's number for the reason, an `errno`.
    var code: Int32
    /// Which option chose the path.
    var option = "--out"

    var description: String {
        "\(path): cannot be written: \(String(cString: strerror(code))); choose another directory with \(option)"
    }
}
