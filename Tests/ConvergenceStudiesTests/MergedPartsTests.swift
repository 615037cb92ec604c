import ConvergenceStudies
import Foundation
import Testing

/// What `merge` makes of the files it is given, in one process.
@Suite("Merging part files")
struct MergedPartsTests {
    /// As small as a study of two blocks can be, so that its parts can be cut everywhere.
    static let study = try! StudyFile.parse(
        """
        study: s
        problem: {duration: 1}
        integrators: [euler-maruyama]
        steps: [0.5]
        measures: [strong-final]
        sampling: {paths: 1025}

        """, file: "/s.yaml")

    /// A directory with the two halves of the study.
    private final class Halves {
        let directory: URL
        let paths: [String]

        init() async throws {
            let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            self.directory = directory
            let files = (1...2).map { directory.appending(path: "\($0).part") }
            paths = files.map(\.path)
            for (k, file) in files.enumerated() {
                let part = try await PartFileTests.sampled(study, shard: Shard(index: k + 1, count: 2)!)
                try Data(PartFile.encode(part, study: study)).write(to: file)
            }
        }

        deinit { try? FileManager.default.removeItem(at: directory) }
    }

    @Test("gives the sums of all blocks, in whatever order the files are named")
    func whole() async throws {
        let halves = try await Halves()
        let whole = try await PartFileTests.sampled(Self.study)
        for paths in [halves.paths, halves.paths.reversed()] {
            let merged = try MergedParts(paths: paths)
            #expect(merged.study.text == Self.study.text)
            let runner = StudyRunner(study: merged.study, threads: 1)
            let (found, expected) = try (runner.result(of: merged.part), runner.result(of: whole))
            #expect(try StudyRunnerTests.body(found) == StudyRunnerTests.body(expected))
        }
    }

    /// From the longest to the shortest, as a copy that breaks off earlier and earlier.
    @Test("refuses a file that is cut short, wherever that is, and names it")
    func truncation() async throws {
        let halves = try await Halves()
        let cut = halves.paths[1]
        let size = try PartFile.read(path: cut).count
        for count in (0..<size).reversed() {
            try #require(truncate(cut, count) == 0)
            let error = #expect(throws: PartRefusals.self, "\(count) of \(size) bytes") {
                try MergedParts(paths: [cut])
            }
            let lines = try #require(error?.lines)
            guard lines.count == 1, lines[0].hasPrefix("\(cut): is cut short: it has \(count) bytes") else {
                Issue.record("\(count) bytes: \(lines)")
                return
            }
        }
    }

    @Test("says of every file what is wrong with it, also after one that is right")
    func several() async throws {
        let halves = try await Halves()
        let none = halves.directory.appending(path: "none").path
        try #require(truncate(halves.paths[1], 100) == 0)
        let error = #expect(throws: PartRefusals.self) {
            try MergedParts(paths: [halves.paths[0], none, halves.paths[1]])
        }
        #expect(error?.lines.count == 2)
        #expect(error?.lines.first?.hasPrefix("\(none): cannot be opened") == true)
        #expect(error?.lines.last?.hasPrefix("\(halves.paths[1]): is cut short: it has 100 bytes") == true)
    }

    @Test("says which blocks are missing")
    func gap() async throws {
        let halves = try await Halves()
        let error = #expect(throws: PartRefusals.self) { try MergedParts(paths: [halves.paths[0]]) }
        #expect(
            error?.lines == ["blocks 1 of 2 are in none of the parts; name those that have them, too"])
    }
}
