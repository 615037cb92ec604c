#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that is to be read whole, and what is said of it where it cannot be.
struct RegularFile {
    /// Why a file cannot be used: completes a sentence that begins with its name.
    struct Refusal: Error {
        var message: String
        var remedy: String
    }

    var path: String
    /// What it holds: `study`.
    var content: String
    /// A larger file is refused without being read.
    var largestSize: Int
    /// What to do about one that is too large.
    var sizeRemedy: String
    /// What to do about a directory.
    var directoryRemedy: String

    func bytes() throws(Refusal) -> [UInt8] {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let reason = String(cString: strerror(errno))
            throw Refusal(
                message: "cannot be opened: \(reason)", remedy: "check the path of the \(content) file")
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw Refusal(message: "is a directory", remedy: directoryRemedy)
        default:
            throw Refusal(message: "is not a regular file", remedy: "save the \(content) to a file first")
        }
        guard status.st_size <= largestSize else {
            throw Refusal(
                message:
                    "has \(status.st_size) bytes, and \(content.withArticle) file has at most \(largestSize)",
                remedy: sizeRemedy)
        }
        guard let file = fopen(path, "rb") else {
            let reason = String(cString: strerror(errno))
            throw Refusal(message: "cannot be read: \(reason)", remedy: "check its permissions")
        }
        defer { fclose(file) }
        // Files below /proc say that they are empty, so what counts is what can be read.
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while bytes.count < largestSize {
            let count = fread(&piece, 1, min(piece.count, largestSize - bytes.count), file)
            if count == 0 { break }
            bytes += piece.prefix(count)
        }
        guard ferror(file) == 0 else {
            throw Refusal(message: "cannot be read to its end", remedy: "check the disk it is on")
        }
        return bytes
    }
}
