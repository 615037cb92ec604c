import Foundation
import SolverProtocol
import TestSupport
import Testing

@Suite("Whole numbers on their way to solvers and back")
struct IntegerReplyTests {
    static func file(_ type: String, _ bytes: [UInt8], count: Int) -> Data {
        NPYTests.header("{'descr': '\(type)', 'fortran_order': False, 'shape': (\(count),), }", data: 0)
            + Data(bytes)
    }

    static func bytes<Value: FixedWidthInteger>(_ values: [Value]) -> [UInt8] {
        values.flatMap { value in withUnsafeBytes(of: value.littleEndian, Array.init) }
    }

    @Test("integers of every width are read as the numbers they are")
    func everyWidth() throws {
        func check<Value: FixedWidthInteger>(_ type: String, _ values: [Value]) throws {
            let data = Self.file(type, Self.bytes(values), count: values.count)
            #expect(try NPY(data).values == values.map(Double.init), "\(type)")
            #expect(throws: SolverError.self) { try NPY(data.dropLast(1)) }
        }
        try check("|i1", [Int8.min, -1, 0, 1, .max])
        try check("|u1", [UInt8.min, 1, .max])
        try check("<i2", [Int16.min, -1, 0, .max])
        try check("<u2", [UInt16.min, .max])
        try check("<i4", [Int32.min, -1, 0, .max])
        try check("<u4", [UInt32.min, .max])
        try check("<i8", [Int64.min, -(1 << 53), -1, 0, 1 << 53])
        try check("<u8", [UInt64.min, 1 << 53])
    }

    @Test("but not where a 64-bit float would be another number")
    func inexact() {
        for data in [
            Self.file("<i8", Self.bytes([Int64(0), 1 << 53 + 1]), count: 2),
            Self.file("<u8", Self.bytes([UInt64(0), .max]), count: 2),
        ] {
            #expect { try NPY(data) } throws: {
                ($0 as? SolverError)?.message.contains("number 1 in C order, which no 64-bit float is")
                    ?? false
            }
        }
    }

    @Test(
        "and no other types",
        arguments: [
            ">i8", "<f4", "<f2", ">f8", "<c16", "|b1", "<i3", "<i16", "|i8", "<U8", "|O", "", "<", "<f",
        ]
    )
    func otherTypes(_ type: String) {
        #expect(throws: SolverError.self) { try NPY(Self.file(type, [], count: 0)) }
    }

    @Test("every number that is none of counting has a decimal point in request.json")
    func decimalPoints() throws {
        var request = SmallRequest.request
        request.step = 1
        let folder = FileManager.default.temporaryDirectory.appending(path: "points-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try RequestFiles(request).write(to: folder)
        let text = try String(contentsOf: folder.appending(path: "request.json"), encoding: .utf8)
        #expect(text.contains("\"h\" : 1.0,"))
        #expect(!text.contains("\u{FFFF}"))
        let counts = [
            "first_path", "neurons", "offsets", "paths", "protocol", "recorded_steps", "seed", "steps",
            "targets",
        ]
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(object?["h"] as? Double == 1)
        // Line by line, under the key it belongs to.
        var key = ""
        for line in text.split(separator: "\n") {
            if let match = line.firstMatch(of: /"([A-Za-z_]+)" :/) { key = String(match.1) }
            for number in line.replacing(/"[^"]*"/, with: "").matches(of: /-?[0-9][0-9.eE+-]*/) {
                let isWhole = number.0.wholeMatch(of: /-?[0-9]+/) != nil
                #expect(isWhole == counts.contains(key), "\(key): \(number.0)")
            }
        }
    }

    @Test("and integers that NumPy itself has saved are understood", .enabled(if: NumPy.python != nil))
    func python() throws {
        let python = try #require(NumPy.python)
        let folder = FileManager.default.temporaryDirectory.appending(path: "integers-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            python, "-c",
            "import numpy, sys; numpy.save(sys.argv[1], numpy.array([[0, 1, 17], [3, 0, -2]]))",
            folder.appending(path: "a.npy").path,
        ]
        try process.run()
        process.waitUntilExit()
        let array = try NPY(Data(contentsOf: folder.appending(path: "a.npy")))
        #expect(array == NPY(shape: [2, 3], values: [0, 1, 17, 3, 0, -2]))
    }
}
