#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Gets a study file's text, and refuses early what cannot be one.
enum StudyFileText {
    /// Far more than a study needs, and little enough that a wrong file is refused without being read.
    static let largestSize = 1 << 20

    /// - Throws: `StudyFileError` where the file is missing, no regular file, empty, too large or not UTF-8.
    static func read(path: String) throws(StudyFileError) -> String {
        let bytes = try readBytes(path: path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let (line, column) = firstInvalidPlace(bytes)
            throw StudyFileError(
                file: path,
                problems: [
                    .init(
                        line: line, column: column, message: "the file is not UTF-8 text",
                        remedy: "save it with the encoding UTF-8, or check that it is a study file at all")
                ])
        }
        // Some editors begin a file with a byte order mark, which means nothing in UTF-8.
        return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    }

    private static func readBytes(path: String) throws(StudyFileError) -> [UInt8] {
        func refusal(_ message: String, _ remedy: String) -> StudyFileError {
            StudyFileError(file: path, problems: [.init(message: message, remedy: remedy)])
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            let reason = String(cString: strerror(errno))
            throw refusal("cannot be opened: \(reason)", "check the path of the study file")
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR:
            throw refusal("is a directory", "name the study files in it, for example \(path)/*.yaml")
        default:
            throw refusal("is not a regular file", "save the study to a file first")
        }
        guard status.st_size <= largestSize else {
            throw refusal(
                "has \(status.st_size) bytes, and a study file has at most \(largestSize)",
                "check that it is a study file (results are read by `spikeverify report`)")
        }
        guard let file = fopen(path, "rb") else {
            let reason = String(cString: strerror(errno))
            throw refusal("cannot be read: \(reason)", "check its permissions")
        }
        defer { fclose(file) }
        // Files below /proc say that they are empty, so what counts is what can be read.
        var bytes = [UInt8](repeating: 0, count: largestSize)
        let count = fread(&bytes, 1, largestSize, file)
        guard ferror(file) == 0 else { throw refusal("cannot be read to its end", "check the disk it is on") }
        return Array(bytes.prefix(count))
    }

    /// Line and column, counted from 1, of the first byte that is no UTF-8.
    private static func firstInvalidPlace(_ bytes: [UInt8]) -> (line: Int, column: Int) {
        let newline = UInt8(ascii: "\n")
        let lines = bytes.split(separator: newline, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where String(validating: line, as: UTF8.self) == nil {
            let repaired = String(decoding: line, as: UTF8.self).unicodeScalars
            return (index + 1, repaired.prefix { $0 != "\u{FFFD}" }.count + 1)
        }
        return (1, 1)
    }
}
