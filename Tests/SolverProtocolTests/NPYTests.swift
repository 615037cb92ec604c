import Foundation
import SolverProtocol
import Testing

@Suite("NumPy's file format")
struct NPYTests {
    /// Written by numpy 1.24.2: save([[1.5, -2, 0], [1e300, 5e-324, 0.1]]).
    static let byNumPy = Data(
        base64Encoded:
            "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLC"
            + "B9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAD4"
            + "PwAAAAAAAADAAAAAAAAAAACcdQCIPOQ3fgEAAAAAAAAAmpmZmZmZuT8=")!
    static let array = NPY(shape: [2, 3], values: [1.5, -2, 0, 1e300, 5e-324, 0.1])

    @Test("NumPy's own bytes are read, and written the same")
    func golden() throws {
        #expect(try NPY(Self.byNumPy) == Self.array)
        #expect(Self.array.bytes == Self.byNumPy)
    }

    @Test("what is written is read again", arguments: [[0, 3], [1], [5], [2, 1, 3], [64, 17]])
    func roundTrip(shape: [Int]) throws {
        let array = NPY(shape: shape, values: (0..<shape.reduce(1, *)).map { 1 / (Double($0) + 0.3) })
        #expect(try NPY(array.bytes) == array)
        #expect((array.bytes.count - 8 * array.values.count) % 64 == 0, "data begins at a multiple of 64")
    }

    static func header(_ text: String, data: Int = 48) -> Data {
        var bytes = Data(
            [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.utf8.count & 0xff), UInt8(text.utf8.count >> 8)])
        bytes += Data(text.utf8) + Data(count: data)
        return bytes
    }

    static let refusals: [(Data, String)] = [
        (Data(), "no NPY file"),
        (Data("hello, world, this is no array".utf8), "no NPY file"),
        (byNumPy.prefix(9), "no NPY file"),
        (byNumPy.prefix(60), "cut off"),
        (byNumPy.dropLast(1), "cut off"),
        (byNumPy.dropLast(24), "cut off"),
        (byNumPy + Data([0]), "too long"),
        (header("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"), "<f4"),
        (header("{'descr': '>i8', 'fortran_order': False, 'shape': (2, 3), }"), "astype"),
        (header("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }"), "Fortran"),
        (header("{'descr': '<f8', 'fortran_order': False, 'shape': (-2, 3), }"), "makes no sense"),
        (
            header("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }"),
            "impossible"
        ),
        (
            header("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }"),
            "impossible"
        ),
        (header("{'descr': '<f8', 'fortran_order': False, 'shape': (3000000, 3000000), }"), "cut off"),
        (header("nothing of this kind"), "makes no sense"),
        (header(String(repeating: " ", count: 5000)), "header"),
        (Data([0x93] + Array("NUMPY".utf8) + [9, 0, 4, 0, 0, 0, 0, 0]), "version 9"),
    ]

    @Test("files that are not right are refused", arguments: refusals)
    func refusal(bytes: Data, fragment: String) {
        #expect { try NPY(bytes) } throws: { ($0 as? SolverError)?.message.contains(fragment) ?? false }
    }

    @Test("a file is refused wherever it is cut off")
    func everyCut() {
        for length in 0..<Self.byNumPy.count {
            #expect(throws: SolverError.self) { try NPY(Self.byNumPy.prefix(length)) }
        }
    }
}
