import Foundation

/// Writes files so that whoever looks sees the old content or the new, never a part, even after a power failure.
enum AtomicFile {
    /// - Throws: `OutputError` with the reason.
    static func write(_ text: String, to path: String) throws(OutputError) {
        // Two processes may be writing the same report.
        try write(Array(text.utf8), to: path, temporary: "\(ProcessInfo.processInfo.processIdentifier).tmp")
    }

    /// Writes to a temporary name in the same directory, then renames.
    ///
    /// - Parameter temporary: What the temporary name ends in; different for processes that may write at the same time.
    /// - Throws: `OutputError` with the reason.
    static func write(_ bytes: [UInt8], to path: String, temporary: String) throws(OutputError) {
        let url = URL(fileURLWithPath: path)
        let temporary = url.deletingLastPathComponent()
            .appendingPathComponent(".\(url.lastPathComponent).\(temporary)").path
        guard writeAll(bytes, to: temporary), rename(temporary, path) == 0 else {
            let error = OutputError(path: path, code: errno)
            unlink(temporary)
            throw error
        }
    }

    /// - Returns: Whether all of it is on the disk; if not, `errno` says why.
    private static func writeAll(_ bytes: [UInt8], to path: String) -> Bool {
        guard let file = fopen(path, "wb") else { return false }
        // A full disk may show only when what is buffered is written out.
        let isWritten =
            fwrite(bytes, 1, bytes.count, file) == bytes.count && fflush(file) == 0 && isSynchronized(file)
        let reason = errno
        guard fclose(file) == 0 else { return false }
        errno = reason
        return isWritten
    }

    /// Without this, a power failure could leave the new name with none of the bytes.
    private static func isSynchronized(_ file: UnsafeMutablePointer<FILE>) -> Bool {
        // Devices and some file systems have nothing to synchronize.
        fsync(fileno(file)) == 0 || errno == EINVAL || errno == ENOTSUP
    }
}

/// Why something cannot be written.
struct OutputError: Error, CustomStringConvertible {
    var path: String
    /// The operating system's number for the reason, an `errno`.
    var code: Int32
    /// Which option chose the path.
    var option = "--out"

    /// Whether the directory is right but the disk is not: full, over a quota or limit, read-only or broken.
    var isOfTheDisk: Bool { [ENOSPC, EDQUOT, EFBIG, EROFS, EIO].contains(code) }

    var description: String {
        "\(path): cannot be written: \(String(cString: strerror(code))); choose another directory with \(option)"
    }
}
