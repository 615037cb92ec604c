import ConvergenceStudies
import Foundation
import NumericalMethods
import SpikingNumerics
import Synchronization
import Testing

@Suite("Parts of a study")
struct StudyPartTests {
    /// 11 blocks: not a power of two, and the last one is short.
    static let study: Study = {
        var study = PartFileTests.study
        study.sampling.paths = 10 * 1024 + 100
        return study
    }()

    static func body(_ part: StudyPart) throws -> Data {
        try StudyRunnerTests.body(StudyRunner(study: study, threads: 1).result(of: part))
    }

    @Test("fold to the same bits in any order, with few partial sums")
    func order() async throws {
        var single: [BlockFold.Node] = []
        for block in 1...11 {
            let part = try await PartFileTests.sampled(Self.study, shard: Shard(index: block, count: 11)!)
            single += part.fold.nodes
        }
        let whole = try await PartFileTests.sampled(Self.study)
        var generator = SplitMix64(seed: 1)
        for _ in 0..<20 {
            var fold = BlockFold()
            for node in single.shuffled(using: &generator) { fold.insert(node) }
            // 11 is 8 + 2 + 1.
            #expect(fold.nodes.map(\.blocks.count) == [8, 2, 1] && fold.blocks == [0..<11])
            var (one, other) = (try #require(fold.total), try #require(whole.fold.total))
            #expect(Self.bits(&one) == Self.bits(&other))
        }
    }

    private static func bits(_ sums: inout BlockSums) -> [UInt64] {
        var recorder = NumberRecorder()
        try! sums.visit(&recorder)
        return recorder.numbers
    }

    @Test("have at most 2 log2 n partial sums for n consecutive blocks", arguments: [1, 7, 64, 1000])
    func bound(count: Int) async throws {
        let node = try #require(try await PartFileTests.sampled().fold.nodes.last)
        for first in [0, 1, 5, 1023] {
            var fold = BlockFold()
            for block in first..<first + count {
                fold.insert(.init(level: 0, index: block, sums: node.sums))
            }
            #expect(fold.nodes.count <= max(1, 2 * Int(log2(Double(count)).rounded(.up))))
            #expect(fold.blocks == [first..<first + count])
        }
    }

    @Test("make the one-machine result, however the study is divided", arguments: [2, 3, 11])
    func shards(count: Int) async throws {
        let whole = try Self.body(try await PartFileTests.sampled(Self.study))
        var merge = PartMerge(Self.study)
        for index in (1...count).reversed() {
            let part = try await PartFileTests.sampled(Self.study, shard: Shard(index: index, count: count)!)
            let bytes = PartFile.encode(part, study: Self.study)
            try merge.add(PartFile.decode(bytes, study: Self.study), name: "\(index)")
        }
        #expect(try Self.body(merge.finished()) == whole)
    }

    @Test("have worked as long together as each by itself")
    func seconds() async throws {
        var merge = PartMerge(Self.study)
        var (seconds, work) = (0.0, 0.0)
        for index in 1...2 {
            let part = try await PartFileTests.sampled(Self.study, shard: Shard(index: index, count: 2)!)
            #expect(part.seconds > 0)
            seconds += part.seconds
            work += part.secondsOfWork[0]
            try merge.add(part, name: "\(index)")
        }
        let whole = try merge.finished()
        #expect(abs(whole.seconds - seconds) < 1e-9 && abs(whole.secondsOfWork[0] - work) < 1e-9)
    }

    @Test("lose no block that is finished where sampling ends in an error")
    func failure() async throws {
        let saved = SavedPart()
        let broken = StudyRunner(study: Self.study, threads: 2)
        await #expect(throws: CancellationError.self) {
            try await broken.sample(StudyPart(Self.study), progress: { _, _ in }) { part in
                saved.set(part)
                if part.fold.count >= 4 { throw CancellationError() }
            }
        }
        let kept = try PartFile.decode(try #require(saved.bytes), study: Self.study)
        #expect(kept.fold.count >= 4)
    }

    @Test("do not go together where blocks are missing, doubled or unfinished")
    func refusals() async throws {
        let shards = try await [1, 2, 3].asyncMap {
            try await PartFileTests.sampled(Self.study, shard: Shard(index: $0, count: 3)!)
        }
        var merge = PartMerge(Self.study)
        #expect(throws: PartMergeError.gap([0..<11], of: 11)) { try merge.finished() }
        try merge.add(shards[1], name: "b")
        #expect(throws: PartMergeError.gap([0..<3, 7..<11], of: 11)) { try merge.finished() }
        let halves = try await PartFileTests.sampled(Self.study, shard: Shard(index: 1, count: 2)!)
        #expect(throws: PartMergeError.overlap("b", "half", 3..<5)) { try merge.add(halves, name: "half") }
        let unfinished = StudyPart(Self.study, shard: Shard(index: 3, count: 3)!)
        #expect(throws: PartMergeError.unfinished("c", sampled: 0, of: 4)) {
            try merge.add(unfinished, name: "c")
        }
        #expect(
            PartMergeError.gap([0..<1, 3..<5], of: 11).description
                == "blocks 0, 3-4 of 11 are in none of the parts; name those that have them, too")
    }

    @Test("share a study out without gap, overlap or a share more than one block larger")
    func shares() {
        for (blocks, count) in [(64, 64), (64, 7), (1, 1), (1 << 22, 10_000)] {
            let shares = (1...count).map { Shard(index: $0, count: count)!.blocks(of: blocks) }
            #expect(shares.first?.lowerBound == 0 && shares.last?.upperBound == blocks)
            #expect(zip(shares, shares.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
            let sizes = shares.map(\.count)
            #expect(sizes.max()! - sizes.min()! <= 1 && sizes.min()! >= 1)
        }
        #expect(Shard(index: 0, count: 4) == nil && Shard(index: 5, count: 4) == nil)
        #expect(Shard(index: 1, count: 0) == nil)
        #expect(throws: ShardError.self) { try Shard(index: 1, count: 12)!.check(Self.study) }
    }
}

extension Sequence {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var mapped: [T] = []
        for element in self { mapped.append(try await transform(element)) }
        return mapped
    }
}

extension SplitMix64: RandomNumberGenerator {}

/// What an archive is given, one after another.
struct NumberRecorder: Archive {
    private(set) var numbers: [UInt64] = []

    mutating func number(_ bits: inout UInt64) throws(PartFileError) { numbers.append(bits) }
    mutating func begin(_ property: StaticString) {}
    mutating func end() {}
}

/// What the latest save was given.
final class SavedPart: Sendable {
    private let latest = Mutex<[UInt8]?>(nil)

    var bytes: [UInt8]? { latest.withLock { $0 } }

    func set(_ part: StudyPart, of study: Study = StudyPartTests.study) {
        let bytes = PartFileTests.file(part, study)
        latest.withLock { $0 = bytes }
    }
}
