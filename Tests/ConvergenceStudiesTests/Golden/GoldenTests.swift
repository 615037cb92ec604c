import CLanes
import ConvergenceStudies
import Foundation
import SolverProtocol
import SpikingNumerics
import TestSupport
import Testing

/// Nothing else would notice a bit that has changed: hashes of what the studies of `convergence` find, on 64 paths.
///
/// `Golden/studies.txt` has a line for each study: of the numbers that paths are summed up to, of the whole result less host and
/// time, and of the study's text.  The numbers change only with the paths or the measures themselves, the result with
/// statistics and wording, too.  A change that is meant is written down by `SPIKEVERIFY_GOLDEN=write swift test -c release --filter
/// GoldenTests`, and its commit says why.
@Suite("Golden bits", .serialized)
struct GoldenTests {
    /// Relative to the repository; those that need a program that is not here are left out, and those of thousands of neurons, which
    /// take an hour on 64 paths.
    static let studies: [String] = {
        let folder = Repository.folder.path + "/convergence"
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return files.filter {
            $0.hasSuffix(".yaml") && !$0.hasPrefix("simulators/") && !$0.hasPrefix("published/")
                && !$0.hasPrefix("benchmarks/") && !$0.contains("solvers/")
        }
        .map { "convergence/" + $0 }.sorted()
    }()

    /// With exponents, levels or recurrent networks: a second and more each, for the slow suite.
    static let costly = ["lyapunov", "multilevel", "work-precision-recurrent", "recurrent-delays"]

    static var tried: [String] {
        isSlow || isWritten ? studies : studies.filter { name in !costly.contains { name.contains($0) } }
    }

    static let file = Repository.folder.path + "/Tests/ConvergenceStudiesTests/Golden/studies.txt"
    static let isWritten = ProcessInfo.processInfo.environment["SPIKEVERIFY_GOLDEN"] == "write"
    static let isSlow = ProcessInfo.processInfo.environment["SPIKEVERIFY_SLOW"] == "1"

    /// Every instruction set gives the same; the fast suite tries the widest, as everybody's machine has another.
    static var instructionSets: [Int32] {
        let all = [Int32(LANES_AVX512), Int32(LANES_AVX2), Int32(LANES_BASELINE)]
        return isSlow ? all : [all[0]]
    }

    static func line(_ name: String) async throws -> String {
        let points = try StudyFile.readAll(path: Repository.folder.path + "/" + name)
        var fingerprints: [(numbers: String, result: String, study: String)] = []
        for point in points { fingerprints.append(try await fingerprint(of: point, name)) }
        func together(_ hashes: [String]) -> String {
            hashes.count == 1 ? hashes[0] : StudyHash.fnv1a(hashes.joined().utf8)
        }
        return
            "\(name) numbers \(together(fingerprints.map(\.numbers))) result \(together(fingerprints.map(\.result))) "
            + "study \(together(fingerprints.map(\.study)))"
    }

    private static func fingerprint(
        of study: Study, _ name: String
    ) async throws -> (numbers: String, result: String, study: String) {
        var study = study
        study.sampling.paths = 64
        let runner = StudyRunner(study: study, threads: 2)
        var result = try await runner.run { _, _ in }
        (result.header.host, result.header.time, result.header.toolVersion) = ("", .init(), "")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let text = try encoder.encode(result)
        // Nowhere else every study is run.
        for problem in try ResultSchema().problems(text).prefix(4) { Issue.record("\(name): \(problem)") }
        return (hash(of: result), StudyHash.fnv1a(text), study.hash)
    }

    /// Of means, comoments and scalars.
    static func hash(of result: StudyResult) -> String {
        var numbers: [Double] = []
        for sample in result.samples { numbers += sample.mean + sample.comoments }
        for scalar in result.scalars { numbers += [scalar.value ?? -1, scalar.standardError ?? -1] }
        for curve in result.curves ?? [] { numbers += curve.x + curve.y }
        for distribution in result.distributions { numbers += distribution.counts.map { Double($0) } }
        return StudyHash.fnv1a(
            numbers.flatMap { number in
                (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
            })
    }

    @Test("of every study, on every instruction set")
    func studies() async throws {
        let widest = lanes_selected()
        defer { lanes_select(widest) }
        let expected = (try? String(contentsOfFile: Self.file, encoding: .utf8)) ?? ""
        for set in Self.instructionSets {
            lanes_select(set)
            var lines: [String] = []
            for study in Self.tried { lines.append(try await Self.line(study)) }
            let found = lines.joined(separator: "\n") + "\n"
            if Self.isWritten, set == Self.instructionSets[0] {
                try found.write(toFile: Self.file, atomically: true, encoding: .utf8)
                continue
            }
            let known = Set(expected.split(separator: "\n").map(String.init))
            for line in lines where !known.contains(line) {
                let name = line.prefix { $0 != " " } + " "
                let before = known.first { $0.hasPrefix(name) } ?? "no line"
                Issue.record("instruction set \(set): \(line), but it was \(before)")
            }
            #expect(known.count == Self.studies.count)
        }
    }

    /// What foreign solvers are told: adapters outside rely on every byte of it.
    @Test("of a solver's request, with its arrays")
    func request() throws {
        let problem = Problem(
            models: [NeuronModel(noiseStrength: 0.25), NeuronModel(membraneTimeConstant: 10)],
            modelIndices: [0, 1],
            network: Network(
                neuronCount: 2,
                synapses: [.init(source: 1, target: 0, weight: 0.5, delay: 1.5, jump: .voltage)]),
            initial: .fixed(voltage: 0, current: 0), duration: 4)
        var request = SolverRequest(
            problem: problem, step: 0.5, steps: 8, recordInterval: 1, paths: 16..<18, mode: .strong,
            method: "euler")
        request.initial = .init(repeating: 0.125, count: 8)
        request.increments = (0..<32).map { Double($0) / 16 }
        request.seed = 7
        let folder = FileManager.default.temporaryDirectory.appending(path: "golden-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try RequestFiles(request).write(to: folder)
        let found = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
            "\($0) \(StudyHash.fnv1a(try Data(contentsOf: folder.appending(path: $0))))"
        }.joined(separator: "\n")
        let file = Repository.folder.path + "/Tests/ConvergenceStudiesTests/Golden/request.txt"
        if Self.isWritten { try found.write(toFile: file, atomically: true, encoding: .utf8) }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == found)
    }

    /// A part file of another study, seed or version must not be taken for this one's.
    @Test("of a part file's identity")
    func partIdentity() throws {
        var study = try StudyFile.read(path: Repository.folder.path + "/convergence/quickstart.yaml")
        // A part names its study's file, which lies elsewhere in every checkout.
        study.file = "/convergence/quickstart.yaml"
        let found = StudyHash.fnv1a(PartFile.encode(StudyPart(study), study: study))
        let file = Repository.folder.path + "/Tests/ConvergenceStudiesTests/Golden/part.txt"
        if Self.isWritten { try found.write(toFile: file, atomically: true, encoding: .utf8) }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == found)
    }
}
