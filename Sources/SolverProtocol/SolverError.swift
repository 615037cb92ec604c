/// Why a solver's work cannot be used: it failed, or what it handed back makes no sense.  Never a matter of accuracy.
public struct SolverError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        /// The command cannot be started.
        case launch
        /// It took longer than it may.
        case timeout
        /// It said so itself, or crashed.
        case failure
        /// There is no reply, or no complete one.
        case missing
        /// The reply breaks the protocol.
        case malformed
    }

    public var kind: Kind
    public var message: String
    /// The end of what the solver printed.
    public var output: String
    /// Where request and reply are kept.
    public var directory: String?

    public init(_ kind: Kind, _ message: String, output: String = "", directory: String? = nil) {
        self.kind = kind
        self.message = message
        self.output = output
        self.directory = directory
    }

    public var description: String {
        var lines = [message]
        if !output.isEmpty {
            lines.append("the end of what it printed:")
            lines += output.split(separator: "\n").map { "    \($0)" }
        }
        if let directory { lines.append("request and reply are kept in \(directory)") }
        return lines.joined(separator: "\n")
    }
}
