import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

/// Part files whose checksum is right and whose content is not: written by something else, or by somebody.
@Suite("Forged part files")
struct ForgedPartTests {
    static let headers: [(original: String, forged: String)] = [
        ("\"paths\":16", "\"paths\":9223372036854775807"),
        ("\"paths\":16", "\"paths\":-1"),
        ("\"blocks\":[0,1]", "\"blocks\":[0,9223372036854775807]"),
        ("\"blocks\":[0,1]", "\"blocks\":[1,0]"),
        ("\"sampled\":[[0,1]]", "\"sampled\":[[-1,1]]"),
        ("\"sampled\":[[0,1]]", "\"sampled\":[[0,9223372036854775807]]"),
        ("\"nodes\":1", "\"nodes\":9223372036854775807"),
        ("\"nodes\":1", "\"nodes\":-1"),
        ("\"partial\":[]", "\"partial\":[[0,8]]"),
        ("\"partial\":[]", "\"partial\":[[-1,8]]"),
        ("\"partial\":[]", "\"partial\":[[0]]"),
    ]

    /// Of 16 paths, the first eight.
    static func begun() async throws -> (study: Study, bytes: [UInt8]) {
        var study = PartFileTests.study
        study.sampling.paths = 16
        let part = try await PartialBlockTests.stopped(StudyPart(study), at: 8, of: study)
        return (study, PartFileTests.file(part, study))
    }

    /// Its number and its paths stand before the sums.
    @Test("are refused with a block under way that cannot be", arguments: [(1, 8), (0, 0), (0, 7), (0, 16)])
    func partial(block: Int, paths: Int) async throws {
        let (study, bytes) = try await Self.begun()
        #expect(throws: Never.self) { try PartFile.decode(bytes, study: study) }
        var parts = Parts(bytes)
        #expect(parts.header.contains("\"partial\":[[0,8]]"))
        parts.header = parts.header.replacing("[[0,8]]", with: "[[\(block),\(paths)]]")
        for (place, number) in [block, paths].enumerated() {
            withUnsafeBytes(of: UInt64(number).littleEndian) {
                parts.body.replaceSubrange(8 * place..<8 * (place + 1), with: $0)
            }
        }
        #expect(throws: PartFileError.damaged) { try PartFile.decode(parts.bytes, study: study) }
    }

    @Test("are refused where a block under way is there twice")
    func doubledPartial() async throws {
        let (study, bytes) = try await Self.begun()
        var parts = Parts(bytes)
        parts.body += parts.body
        parts.header = parts.header.replacing("[[0,8]]", with: "[[0,8],[0,8]]")
        #expect(throws: PartFileError.damaged) { try PartFile.decode(parts.bytes, study: study) }
    }

    @Test("are refused with numbers in the header that cannot be", arguments: headers.indices)
    func header(_ k: Int) async throws {
        let bytes = try await PartFileTests.fewBytes()
        var parts = Parts(bytes)
        parts.header = parts.header.replacing(Self.headers[k].original, with: Self.headers[k].forged)
        #expect(parts.bytes != bytes, "the header has what is to be forged")
        var study = PartFileTests.study
        study.sampling.paths = 16
        #expect(throws: PartFileError.damaged) { try PartFile.decode(parts.bytes, study: study) }
    }

    @Test("are refused where times are negative or without end", arguments: ["-1", "1e308"])
    func times(_ time: String) async throws {
        var parts = Parts(try await PartFileTests.fewBytes())
        parts.header = parts.header.replacing(/"seconds":[0-9.e+-]+/, with: "\"seconds\":\(time)")
        #expect(throws: PartFileError.damaged) { try PartFile.header(parts.bytes) }
    }

    @Test("are refused where a block is there twice, which would be counted twice")
    func doubled() async throws {
        var study = PartFileTests.study
        study.sampling.paths = 16
        var parts = Parts(try await PartFileTests.fewBytes())
        #expect(throws: Never.self) { try PartFile.decode(parts.bytes, study: study) }
        parts.body += parts.body
        parts.header = parts.header.replacing("\"nodes\":1", with: "\"nodes\":2")
            .replacing("\"sampled\":[[0,1]]", with: "\"sampled\":[[0,1],[0,1]]")
        #expect(throws: PartFileError.damaged) { try PartFile.decode(parts.bytes, study: study) }
    }

    /// Level, index and the first moments' number of paths.
    @Test("are refused where counts are negative or too large to be added up", arguments: [0, 1, 3])
    func counts(place: Int) async throws {
        var study = PartFileTests.study
        study.sampling.paths = 16
        let parts = Parts(try await PartFileTests.fewBytes())
        for count in [Int64.max, Int64.min, -1, 1 << 62] {
            var forged = parts
            withUnsafeBytes(of: count.littleEndian) {
                forged.body.replaceSubrange(8 * place..<8 * (place + 1), with: $0)
            }
            #expect(throws: PartFileError.damaged) { try PartFile.decode(forged.bytes, study: study) }
        }
    }

    @Test("never crash, whatever number stands in the body")
    func anyNumber() async throws {
        let numbers = [UInt64.max, 1 << 40, Double.nan.bitPattern, Double.infinity.bitPattern]
        // 7 has no common divisor with the sizes of what is stored, so all kinds have their turn.
        try await use(every: 7) { numbers[$0 % 4] }
    }

    /// The study has one neuron, so its eighth is none of them: found by the fuzzer.
    @Test("never crash, wherever a small number stands that is too large for a place")
    func smallNumber() async throws {
        try await use(every: 1) { _ in 7 }
    }

    /// Puts a number into one place of a part's body after the other, and makes a result of what can be decoded.
    private func use(every stride: Int, number: (_ place: Int) -> UInt64) async throws {
        var study = PartFileTests.study
        study.sampling.paths = 16
        let parts = Parts(try await PartFileTests.fewBytes())
        for place in Swift.stride(from: 0, to: parts.body.count / 8, by: stride) {
            var forged = parts
            withUnsafeBytes(of: number(place).littleEndian) {
                forged.body.replaceSubrange(8 * place..<8 * (place + 1), with: $0)
            }
            guard let part = try? PartFile.decode(forged.bytes, study: study) else { continue }
            // What cannot be told from a right number gives a result, or an error of GSL's.
            _ = try? StudyRunner(study: study, threads: 1).result(of: part)
        }
    }
}

/// The sections of a part file, with sizes and checksum made to fit.
private struct Parts {
    var magic: [UInt8]
    var header: String
    var body: [UInt8]

    init(_ bytes: [UInt8]) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
        magic = Array(lines[0])
        header = String(decoding: lines[1], as: UTF8.self)
        body = Array(lines[2].dropLast(8))
    }

    var bytes: [UInt8] {
        let sized = header.replacing(/"body_bytes":[0-9]+/, with: "\"body_bytes\":\(body.count)")
        var bytes = magic + [10] + Array(sized.utf8) + [10] + body
        // FNV-1a, 64 bits.
        let checksum = bytes.reduce(UInt64(14_695_981_039_346_656_037)) {
            ($0 ^ UInt64($1)) &* 1_099_511_628_211
        }
        withUnsafeBytes(of: checksum.littleEndian) { bytes += $0 }
        return bytes
    }
}
