/// Why a part file cannot be used; completes a sentence that begins with the file's name.
package enum PartFileError: Error, Equatable, CustomStringConvertible {
    case unreadable(String)
    case notAPart
    case formatVersion(String)
    /// How many bytes there are, and how many there should be where that is known.
    case cutShort(Int, of: Int?)
    case damaged
    /// How it differs from what is wanted, as the object of "is".
    case foreign(String)

    package var description: String {
        switch self {
        case .unreadable(let reason): reason
        case .notAPart: "is no part file"
        case .formatVersion(let found):
            "has part format \(found), and this version knows \(PartFile.formatVersion) only"
        case .cutShort(let found, let expected):
            "is cut short: it has \(found) bytes" + (expected.map { " of \($0)" } ?? "")
        case .damaged: "is damaged: its checksum or its content is wrong"
        case .foreign(let difference): "is \(difference)"
        }
    }

    /// What to do about it when parts are merged.
    package var remedy: String {
        switch self {
        case .unreadable, .notAPart: "name files that `spikeverify run --shard` has written"
        case .cutShort, .damaged: "copy it again, or delete it and run that shard again"
        case .formatVersion: "run that shard again with this version"
        case .foreign: "merge parts of one study only, or run that shard again"
        }
    }
}
