import Foundation

/// A directory that results go to.
enum OutputDirectory {
    /// Creates it where it is missing, and writes and renames a file in it: better to fail before an hour of
    /// simulation than after it.
    ///
    /// - Throws: `OutputError` with the reason.
    static func prepare(_ path: String) throws(OutputError) {
        try create(path)
        let probe = path + "/.spikeverify-probe"
        try AtomicFile.write("", to: probe)
        unlink(probe)
    }

    /// Creates a directory and those above it.
    private static func create(_ path: String) throws(OutputError) {
        guard let code = failure(toMake: path) else { return }
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard code == ENOENT, parent != path else { throw OutputError(path: path, code: code) }
        try create(parent)
        if let code = failure(toMake: path) { throw OutputError(path: path, code: code) }
    }

    /// The `errno` of making one directory; nil where it is there now.
    private static func failure(toMake path: String) -> Int32? {
        mkdir(path, 0o777) == 0 || errno == EEXIST ? nil : errno
    }
}
