/// Writes numbers one after another, as 8 bytes each, the lowest first.
struct ArchiveWriter: Archive {
    private(set) var bytes: [UInt8] = []

    mutating func number(_ bits: inout UInt64) throws(PartFileError) {
        withUnsafeBytes(of: bits.littleEndian) { bytes += $0 }
    }

    mutating func begin(_ property: StaticString) {}
    mutating func end() {}
}

/// Reads what `ArchiveWriter` wrote.
struct ArchiveReader: Archive {
    private var rest: ArraySlice<UInt8>
    var largestCount = Int.max

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number(_ bits: inout UInt64) throws(PartFileError) {
        guard rest.count >= 8 else { throw .damaged }
        bits = rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        rest.removeFirst(8)
    }

    mutating func begin(_ property: StaticString) {}
    mutating func end() {}
}
