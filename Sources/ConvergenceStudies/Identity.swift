/// The version written into results and shown by `--version`.
public enum ToolVersion {
    public static let current = "0.1.0"
}

/// Tells study texts and lists of edges apart.
package enum StudyHash {
    /// FNV-1a with 64 bits, in hexadecimal (G. Fowler, L. C. Noll, K.-P. Vo; IETF draft-eastlake-fnv).
    package static func fnv1a(_ bytes: some Sequence<UInt8>) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
