import Foundation

/// A directory that results go to.
enum OutputDirectory {
    /// Creates it where it is missing, and writes and renames a file in it: better to fail before an hour of
    /// simulation than after it.
    ///
    /// - Throws: `OutputError` with the reason.
    static func prepare(_ path: String) throws(OutputError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw OutputError(path: path, reason: error.briefReason)
        }
        let probe = path + "/.spikeverify-probe"
        try AtomicFile.write("", to: probe)
        unlink(probe)
    }
}
