/// Everything that is wrong with one study file.
///
/// Prints one line per problem, `file:line:column: key path: what is wrong; what to do`.
public struct StudyFileError: Error, Hashable, Sendable, CustomStringConvertible {
    public struct Problem: Hashable, Sendable {
        /// The file it is in, where that is not the study file but one that the study names.
        public var file: String?
        /// Counted from 1; nil for a problem of the file as a whole, such as its size.
        public var line: Int?
        /// Counted from 1, in Unicode scalars; nil for a problem of a whole line.
        public var column: Int?
        /// The keys that lead to the place, joined by dots; empty for the file as a whole.
        public var keyPath: String
        public var message: String
        public var remedy: String

        public init(
            file: String? = nil, line: Int? = nil, column: Int? = nil, keyPath: String = "", message: String,
            remedy: String
        ) {
            self.file = file
            self.line = line
            self.column = column
            self.keyPath = keyPath
            self.message = message
            self.remedy = remedy
        }
    }

    /// The file's name as it was given.
    public var file: String
    /// In the order of the file, and then those of other files; never empty.
    public var problems: [Problem]
    /// What else is probably not meant, and perhaps the cause.
    public var warnings: [StudyRemark]

    public init(file: String, problems: [Problem], warnings: [StudyRemark] = []) {
        self.file = file
        self.warnings = warnings
        self.problems = problems.sorted {
            ($0.file ?? "", $0.line ?? 0, $0.column ?? 0) < ($1.file ?? "", $1.line ?? 0, $1.column ?? 0)
        }
    }

    /// More than this many lines help nobody.
    private static let longestList = 20

    public var description: String {
        var lines = problems.prefix(Self.longestList).map(line)
        if problems.count > Self.longestList {
            lines.append("\(file.visible): and \(problems.count - Self.longestList) more problems like these")
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ problem: Problem) -> String {
        let numbers = [problem.line, problem.column].compactMap { $0.map { ":\($0)" } }
        let place = (problem.file ?? file) + numbers.joined()
        let path = problem.keyPath.isEmpty ? "" : problem.keyPath + ": "
        return "\(place): \(path)\(problem.message); \(problem.remedy)".visible
    }
}
