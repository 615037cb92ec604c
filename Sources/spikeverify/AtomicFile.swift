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
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: temporary))
        } catch {
            unlink(temporary)
            throw OutputError(path: path, reason: error.briefReason)
        }
        guard rename(temporary, path) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(temporary)
            throw OutputError(path: path, reason: reason)
        }
    }
}

/// Why something cannot be written.
struct OutputError: Error, CustomStringConvertible {
    var path: String
    var reason: String

    var description: String { "\(path): cannot be written: \(reason); choose another directory with --out" }
}

extension Error {
    /// The operating system's reason where there is one: Foundation's own words repeat the path.
    var briefReason: String {
        let error = self as NSError
        let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
        guard cause.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
        return String(cString: strerror(Int32(cause.code)))
    }
}
