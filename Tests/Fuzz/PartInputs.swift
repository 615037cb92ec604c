import ConvergenceStudies
import Foundation

/// Part files, as they are and with sizes and checksum put right, without which nothing else would ever be read.
enum PartInputs {
    static func read(_ bytes: [UInt8]) {
        decode(bytes)
        if let repaired = repaired(bytes) { decode(repaired) }
    }

    /// What `merge` and `--resume` do with a part.
    private static func decode(_ bytes: [UInt8]) {
        do {
            let header = try PartFile.header(bytes)
            let small = SmallStudy.all.first { $0.study.name == header.identity.study } ?? SmallStudy.all[0]
            let part = try PartFile.decode(bytes, study: small.study, blank: small.blank)
            _ = PartFile.encode(part, study: small.study)
            _ = part.missingBlocks
            var merge = PartMerge(small.study)
            try merge.add(part, name: "fuzz")
            _ = try small.runner.result(of: merge.finished())
        } catch {
            expectReason(error)
        }
    }

    private static func repaired(_ bytes: [UInt8]) -> [UInt8]? {
        let newline = UInt8(ascii: "\n")
        guard let first = bytes.firstIndex(of: newline),
            let second = bytes[(first + 1)...].firstIndex(of: newline), bytes.count >= second + 9
        else { return nil }
        let header = String(decoding: bytes[first + 1..<second], as: UTF8.self)
        let size = "\"body_bytes\":\(bytes.count - second - 9)"
        let sized = header.replacing(/"body_bytes":[0-9]+/, with: size)
        var repaired = bytes[...first] + Array(sized.utf8) + bytes[second..<bytes.count - 8]
        let checksum = repaired.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
        }
        withUnsafeBytes(of: checksum.littleEndian) { repaired += $0 }
        return Array(repaired)
    }

    static var seeds: [[UInt8]] {
        let shares = [Shard(index: 1, count: 2)!, Shard(index: 3, count: 3)!]
        return SmallStudy.all.flatMap { small in
            ([.whole] + (small.study.name == "blocks" ? shares : [])).map {
                PartFile.encode(small.part($0), study: small.study)
            }
        }
    }
}
