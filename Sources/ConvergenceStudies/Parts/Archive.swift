/// Goes through the stored properties of sums, to write or to read them.
///
/// Every type lists its properties once, and the same list serves both ways, so that what is written is what is read.
package protocol Archive {
    /// A number as 64 bits: writing takes them, reading replaces them.
    mutating func number(_ bits: inout UInt64) throws(PartFileError)
    /// No count is larger; sums of counts then stay within 64 bits.
    var largestCount: Int { get }
    /// What is visited until `end` belongs to a property of this name.
    mutating func begin(_ property: StaticString)
    mutating func end()
}

/// What can be kept in a part file.
package protocol Archived {
    /// Visits all stored properties, in an order that never depends on their values.
    mutating func visit(_ archive: inout some Archive) throws(PartFileError)
}

extension Archive {
    package var largestCount: Int { .max }

    mutating func property(_ name: StaticString, _ value: inout some Archived) throws(PartFileError) {
        begin(name)
        try value.visit(&self)
        end()
    }

    /// A list whose length the plan does not determine.
    ///
    /// - Parameter blank: What an element is before it is read.
    mutating func property<Element: Archived>(
        _ name: StaticString, _ list: inout [Element], blank: Element, limit: Int
    ) throws(PartFileError) {
        begin(name)
        var count = list.count
        try count.visit(&self)
        guard (0...limit).contains(count) else { throw .damaged }
        if list.count != count { list = .init(repeating: blank, count: count) }
        for k in list.indices { try list[k].visit(&self) }
        end()
    }

    /// A value that may be missing.
    mutating func property<Value: Archived>(
        _ name: StaticString, _ value: inout Value?, blank: Value
    ) throws(PartFileError) {
        var list = value.map { [$0] } ?? []
        try property(name, &list, blank: blank, limit: 1)
        value = list.first
    }
}

extension Double: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        var bits = bitPattern
        try archive.number(&bits)
        self = Double(bitPattern: bits)
    }
}

/// A count or a place, never negative.
extension Int: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        var bits = UInt64(bitPattern: Int64(self))
        try archive.number(&bits)
        self = Int(truncatingIfNeeded: bits)
        guard (0...archive.largestCount).contains(self) else { throw .damaged }
    }
}

extension Bool: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        var bits: UInt64 = self ? 1 : 0
        try archive.number(&bits)
        self = bits != 0
    }
}

/// An array keeps its length, which the plan determines.
extension Array: Archived where Element: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        var expected = count
        try expected.visit(&archive)
        guard expected == count else { throw .damaged }
        for k in indices { try self[k].visit(&archive) }
    }
}

/// A text keeps its UTF-8 bytes, of which there are at most `longestText`.
extension String: Archived {
    private static var longestText: Int { 1 << 20 }

    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        var bytes = Array(utf8)
        var count = bytes.count
        try count.visit(&archive)
        guard (0...Self.longestText).contains(count) else { throw .damaged }
        if bytes.count != count { bytes = .init(repeating: 0, count: count) }
        for k in bytes.indices {
            var byte = UInt64(bytes[k])
            try archive.number(&byte)
            bytes[k] = UInt8(truncatingIfNeeded: byte)
        }
        self = String(decoding: bytes, as: UTF8.self)
    }
}
