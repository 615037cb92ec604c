import Foundation

/// The types of numbers that are read from NumPy's files: 64-bit floats, and integers where 64-bit floats hold them exactly.
///
/// Other floats are refused, since a solver that computes in them has errors of its own, which it should know of.
struct NPYType {
    /// Bytes of a number.
    let size: Int
    /// A number from its bytes, the lowest first.
    private let value: (UInt64) -> Double?
    /// Whether the bytes are those of numbers here.
    private let isNative: Bool

    /// - Parameter description: NumPy's, for example `<f8`; nil for types that are not read.
    init?(_ description: String) {
        guard let order = description.first, let kind = description.dropFirst().first,
            let size = Int(description.dropFirst(2)), [1, 2, 4, 8].contains(size),
            order == "<" || order == "|" && size == 1
        else { return nil }
        let unused = 64 - 8 * size
        switch (kind, size) {
        case ("f", 8): value = { Double(bitPattern: $0) }
        case ("u", _): value = { Double(exactly: $0) }
        // The sign is that of the highest bit there is.
        case ("i", _): value = { Double(exactly: Int64(bitPattern: $0 << unused) >> unused) }
        default: return nil
        }
        self.size = size
        isNative = kind == "f"
    }

    /// - Throws: `SolverError` of kind `malformed` at an integer that no 64-bit float holds.
    func values(_ bytes: Data, count: Int) throws(SolverError) -> [Double] {
        if isNative {
            return .init(unsafeUninitializedCapacity: count) { buffer, initialized in
                _ = bytes.copyBytes(to: buffer)
                initialized = count
            }
        }
        var values: [Double] = []
        values.reserveCapacity(count)
        var failed = false
        bytes.withUnsafeBytes { bytes in
            for k in 0..<count {
                var pattern: UInt64 = 0
                withUnsafeMutableBytes(of: &pattern) {
                    $0.copyMemory(from: .init(rebasing: bytes[size * k..<size * (k + 1)]))
                }
                guard let value = value(UInt64(littleEndian: pattern)) else {
                    failed = true
                    return
                }
                values.append(value)
            }
        }
        guard !failed else {
            throw SolverError(
                .malformed,
                "holds the integer number \(values.count) in C order, which no 64-bit float is: save array.astype('<f8')"
            )
        }
        return values
    }
}
