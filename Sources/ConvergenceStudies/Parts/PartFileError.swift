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
        case .notAPart: "is no part file; name files that `spikeverify run` has written"
        case .formatVersion(let found):
            "has part format \(found), and this version reads \(PartFile.formatVersion); run it again with this version"
        case .cutShort(let found, let expected?):
            "is cut short: \(found) of \(expected) bytes; copy it again, or run it again"
        case .cutShort(let found, nil): "is cut short after \(found) bytes; copy it again, or run it again"
        case .damaged: "is damaged: its checksum or its content is wrong; copy it again, or run it again"
        case .foreign(let difference):
            "is \(difference); name parts of one study only, or run it again"
        }
    }
}
