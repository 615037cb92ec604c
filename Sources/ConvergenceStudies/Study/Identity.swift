/// The version written into results and shown by `--version`.
public enum ToolVersion {
    public static let current = "0.1.0"
}

/// The FNV-1a hash with 64 bits (G. Fowler, L. C. Noll, K.-P. Vo; IETF draft-eastlake-fnv).
enum FNV1a {
    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}

/// Tells study texts and lists of edges apart.
package enum StudyHash {
    /// FNV-1a with 64 bits, in hexadecimal.
    package static func fnv1a(_ bytes: some Sequence<UInt8>) -> String {
        let digits = String(FNV1a.hash(bytes), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension Study {
    /// Of the text, followed by that of its list of edges if it has one.
    package var hash: String { StudyHash.fnv1a((text + (edgesHash ?? "")).utf8) }
}
