/// Why a result could not be written or read; the description says what to do.
public enum ReportError: Error, Equatable, CustomStringConvertible {
    /// The result file was written by a tool with another file format.
    case formatVersion(found: Int, supported: Int)
    /// The text ends early or is not JSON at all.
    case incomplete(String)
    /// The text is JSON but not a result: a field is missing or has the wrong type.
    case malformed(field: String, reason: String)
    /// There is no list of spikes to write.
    case noCrossings
    /// A number JSON cannot express.
    case notFinite(field: String)

    public var description: String {
        switch self {
        case .formatVersion(let found, let supported):
            "the result has format version \(found), this tool reads version \(supported): "
                + "run the study again, or use the tool version named in the file's header"
        case .incomplete(let reason):
            "not a complete JSON document (\(reason)): was the run that wrote it interrupted? "
                + "Run the study again"
        case .malformed(let field, let reason):
            "not a spikeverify result: field \(field): \(reason)"
        case .noCrossings:
            "the result does not list the reference's spikes: run the study with `spike-times` among its measures, and "
                + "take crossing-speeds.csv from there"
        case .notFinite(let field):
            "field \(field) is infinite or not a number, which JSON cannot express"
        }
    }
}
