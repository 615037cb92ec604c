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
        let file = RegularFile(
            path: path, content: "study", largestSize: largestSize,
            sizeRemedy: "check that it is a study file (results are read by `spikeverify report`)",
            directoryRemedy: "name the study files in it, for example \(path)/*.yaml")
        do {
            return try file.bytes()
        } catch {
            throw StudyFileError(file: path, problems: [.init(message: error.message, remedy: error.remedy)])
        }
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
