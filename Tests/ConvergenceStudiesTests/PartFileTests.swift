import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

@Suite("Part files")
struct PartFileTests {
    /// A single neuron that fires, with every measure that has sums of its own.
    static let study: Study = {
        var study = StudyRunnerTests.study(
            measures: ["strong-final", "spike-times", "lyapunov", "network-statistics"]
                .map { Study.MeasureChoice(name: $0) },
            integrators: ["euler-maruyama"], paths: 2500,
            problem: Problem(model: NeuronModel(drive: 0.1), duration: 20))
        study.text = "text"
        return study
    }()

    /// The bytes of a part small enough to try them one by one.
    static func fewBytes() async throws -> [UInt8] {
        var study = study
        study.sampling.paths = 16
        return file(try await sampled(study), study)
    }

    static func sampled(_ study: Study = study, shard: Shard = .whole) async throws -> StudyPart {
        try await StudyRunner(study: study, threads: 2).sample(
            StudyPart(study, shard: shard), progress: { _, _ in })
    }

    static func file(_ part: StudyPart, _ study: Study = study) -> [UInt8] {
        PartFile.encode(part, study: study)
    }

    @Test("keep every stored property of the sums")
    func completeness() async throws {
        var sums = try #require(try await Self.sampled().fold.total)
        // Names of probes are looked at one probe after the other: what one forgets another may have.
        let stored = try Self.compare(&sums).filter { !$0.hasPrefix("probes") }
        #expect(
            stored.isSuperset(of: ["series.products", "shown.closestCall.time", "shown.crossings.speed"]))
        #expect(sums.archivedProbes.count > 3)
        for probe in sums.archivedProbes {
            var probe = probe
            #expect(try !Self.compare(&probe).isEmpty)
        }
    }

    /// - Returns: The names of what is stored, which must be those of what is visited.
    static func compare(_ sums: inout some Archived) throws -> Set<String> {
        var recorder = NameRecorder()
        try sums.visit(&recorder)
        // What probes look for, and a histogram's edges, follow from the study.
        let stored = storedProperties(of: sums, path: []).filter {
            !$0.hasSuffix(".edges") && !$0.split(separator: ".").contains("probe")
        }
        #expect(recorder.names == stored, "\(type(of: sums))")
        return stored
    }

    /// Paths of names, such as `series.count`; of a list the first element's.
    static func storedProperties(of value: Any, path: [String]) -> Set<String> {
        Mirror(reflecting: value).children.reduce(into: []) { names, child in
            let isElement = [.collection, .optional].contains(Mirror(reflecting: value).displayStyle)
            let childPath = isElement ? path : path + [child.label ?? "?"]
            if !isElement { names.insert(childPath.joined(separator: ".")) }
            names.formUnion(storedProperties(of: child.value, path: childPath))
        }
    }

    @Test("give back what was written, bit for bit")
    func roundTrip() async throws {
        let part = try await Self.sampled()
        let bytes = Self.file(part)
        let read = try PartFile.decode(bytes, study: Self.study)
        #expect(Self.file(read) == bytes)
        let runner = StudyRunner(study: Self.study, threads: 1)
        #expect(
            try StudyRunnerTests.body(runner.result(of: read))
                == StudyRunnerTests.body(runner.result(of: part)))
        #expect(try runner.result(of: read).crossings == runner.result(of: part).crossings)
    }

    @Test("are refused when cut short, wherever that is, or longer than written")
    func truncation() async throws {
        let bytes = try await Self.fewBytes()
        for count in bytes.indices {
            let error = #expect(throws: PartFileError.self) {
                try PartFile.decode(Array(bytes[..<count]), study: Self.study)
            }
            guard case .cutShort(count, of: _) = error else {
                Issue.record("\(count) bytes: \(String(describing: error))")
                return
            }
        }
        #expect(throws: PartFileError.damaged) { try PartFile.decode(bytes + [0], study: Self.study) }
    }

    @Test("are refused when any one byte is wrong")
    func damage() async throws {
        let bytes = try await Self.fewBytes()
        for place in bytes.indices {
            var damaged = bytes
            damaged[place] ^= 1 << UInt8(place % 8)
            #expect(throws: PartFileError.self, "byte \(place)") { try PartFile.header(damaged) }
        }
    }

    static let foreign: [(@Sendable (inout Study) -> Void, String)] = [
        ({ $0.text = "other" }, "of another text of the study"),
        ({ $0.edgesHash = "other" }, "of another text of the study"),
        ({ $0.sampling.seed = 2 }, "of seed 1, not 2"),
        ({ $0.sampling.paths = 2501 }, "of 2500 paths, not 2501"),
        ({ $0.name = "t" }, "of the study \"s\", not \"t\""),
    ]

    @Test("of another study are refused, with the difference", arguments: foreign.indices)
    func otherStudies(_ k: Int) async throws {
        let bytes = Self.file(try await Self.sampled())
        var study = Self.study
        Self.foreign[k].0(&study)
        let error = #expect(throws: PartFileError.self) { try PartFile.decode(bytes, study: study) }
        #expect(
            error?.description.hasPrefix("is " + Self.foreign[k].1) == true, "\(String(describing: error))")
    }

    @Test("of another version of the tool or of the format are refused")
    func versions() {
        let identity = StudyIdentity(Self.study)
        var other = identity
        other.toolVersion = "0.0.1"
        #expect(identity.difference(from: identity) == nil)
        #expect(other.difference(from: identity) == "by spikeverify 0.0.1, not \(ToolVersion.current)")
        #expect(throws: PartFileError.formatVersion("1")) {
            try PartFile.header(Array("spikeverify-part 1\n{}\n".utf8))
        }
        #expect(throws: PartFileError.notAPart) { try PartFile.header(Array("study: s\n".utf8)) }
    }
}

/// The names under which an archive is offered values.
private struct NameRecorder: Archive {
    private(set) var names: Set<String> = []
    private var path: [String] = []

    mutating func number(_ bits: inout UInt64) throws(PartFileError) {}

    mutating func begin(_ property: StaticString) {
        path.append("\(property)")
        names.insert(path.joined(separator: "."))
    }

    mutating func end() { path.removeLast() }
}
