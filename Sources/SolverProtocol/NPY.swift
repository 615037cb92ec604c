import Foundation

/// Arrays of 64-bit numbers in NumPy's file format, in C order: https://numpy.org/neps/nep-0001-npy-format.html.
package struct NPY: Hashable, Sendable {
    package var shape: [Int]
    /// The last index runs fastest.
    package var values: [Double]

    package init(shape: [Int], values: [Double]) {
        precondition(shape.reduce(1, *) == values.count, "as many values as the shape has places")
        self.shape = shape
        self.values = values
    }

    package static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// NumPy's own headers have under 128 bytes; more than this is no header.
    private static let longestHeader = 4096
    /// Where the numbers begin at the latest.
    static let largestHeaderSize = 12 + longestHeader

    // MARK: Writing

    /// The file's bytes, with a header of version 1.0 padded to a multiple of 64.
    package var bytes: Data {
        let list = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(list)), }"
        let prefix = Self.magic.count + 4
        header += String(repeating: " ", count: 63 - (prefix + header.utf8.count) % 64) + "\n"
        let length = UInt16(header.utf8.count)
        var data = Data(capacity: prefix + header.utf8.count + 8 * values.count)
        data.append(contentsOf: Self.magic + [1, 0, UInt8(length & 0xff), UInt8(length >> 8)])
        data.append(contentsOf: header.utf8)
        values.withUnsafeBytes { data.append(contentsOf: $0) }
        return data
    }

    // MARK: Reading

    /// - Throws: `SolverError` of kind `malformed`, without the file's name.
    package init(_ data: Data) throws(SolverError) {
        guard data.count >= 10, data.prefix(6).elementsEqual(Self.magic) else {
            throw SolverError(.malformed, "is no NPY file: write it with numpy.save")
        }
        let bytes = [UInt8](data.prefix(12))
        let (width, prefix) = bytes[6] == 1 ? (2, 10) : (4, 12)
        guard (1...3).contains(bytes[6]), bytes.count >= prefix else {
            throw SolverError(.malformed, "has NPY version \(bytes[6]), which is not known here")
        }
        let length = (0..<width).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
        guard length <= Self.longestHeader, data.count >= prefix + length,
            let header = String(data: data.dropFirst(prefix).prefix(length), encoding: .utf8)
        else { throw SolverError(.malformed, "is cut off or damaged in its header") }
        let type: NPYType
        (shape, type) = try Self.shapeAndType(header)
        var count = 1
        for extent in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard !overflow, product <= 1 << 48 else {
                throw SolverError(.malformed, "claims the impossible shape \(shape)")
            }
            count = product
        }
        let present = data.count - prefix - length
        let size = type.size * count
        guard present == size else {
            throw SolverError(
                .malformed,
                "is \(present < size ? "cut off" : "too long"): shape \(shape) takes \(size) bytes, "
                    + "but there are \(present)")
        }
        values = try type.values(data.dropFirst(prefix + length), count: count)
    }

    /// What a header says, which must be C order and a type that is known here.
    private static func shapeAndType(_ header: String) throws(SolverError) -> ([Int], NPYType) {
        guard let type = header.firstMatch(of: /'descr'\s*:\s*'([^']*)'/)?.1,
            let order = header.firstMatch(of: /'fortran_order'\s*:\s*(True|False)/)?.1,
            let list = header.firstMatch(of: /'shape'\s*:\s*\(([0-9, ]*)\)/)?.1
        else { throw SolverError(.malformed, "has a header that makes no sense: \(header.prefix(120))") }
        guard let known = NPYType(String(type)) else {
            throw SolverError(
                .malformed, "holds numbers of type \(type): save array.astype('<f8'), 64-bit little-endian")
        }
        guard order == "False" else {
            throw SolverError(.malformed, "is in Fortran order: save numpy.ascontiguousarray(array)")
        }
        let extents = list.split(separator: ",").map { Int($0.trimmingCharacters(in: .whitespaces)) }
        guard extents.count <= 8, !extents.contains(nil) else {
            throw SolverError(.malformed, "has the impossible shape (\(list))")
        }
        return (extents.map { $0! }, known)
    }
}
