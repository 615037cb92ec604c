/// What the program says about a study before it runs: a choice that the file leaves to it, or a value that is probably not
/// meant.
public struct StudyRemark: Codable, Hashable, Sendable {
    /// The keys that it is about, joined by dots: `sampling.root_cell`.
    public var key: String
    /// The place in the file, counted from 1; nil for what the file does not say, or a run has shown.
    public var line: Int?
    public var column: Int?
    /// Whether a run has shown it, and not the file alone; nil where it is the file.
    public var run: Bool?
    /// One sentence, without the key: `3.2 ms was chosen, …`.
    public var message: String

    public init(key: String, line: Int? = nil, column: Int? = nil, message: String) {
        self.key = key
        self.line = line
        self.column = column
        self.message = message
    }

    public var isOfRun: Bool { run ?? false }

    /// On one line, as errors are: `file:line:column: key: warning: message`.
    public func warning(in file: String) -> String {
        let place = [line, column].compactMap { $0.map { ":\($0)" } }.joined()
        return "\(file)\(place): \(key): warning: \(message)".visible
    }
}
