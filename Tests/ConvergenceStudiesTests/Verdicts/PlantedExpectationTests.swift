import ConvergenceStudies
import Foundation
import TestSupport
import Testing

/// The studies of `convergence/verdicts`, whose expectations are right, and of `convergence/planted`, whose are wrong.
///
/// Their paths are as many as it takes.  What is right lies five standard errors or more inside its tolerance, two of which
/// its interval takes; what is planted, eight or more outside, five of which take the proof.  With other noise one of these
/// tests would fail with a probability of some 2 %.
@Suite("Planted expectations")
struct PlantedExpectationTests {
    static let root = Repository.folder.appending(path: "convergence")

    static func files(_ folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/" + folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }

    static func checks(_ file: String) async throws -> [Check] {
        let study = try StudyFile.read(path: root.path + "/" + file)
        return try await StudyRunner(study: study, threads: 2).run { _, _ in }.checks
    }

    static func text(_ checks: [Check]) -> String {
        checks.map {
            "\($0.name) \($0.observable) \($0.integrator): \($0.value ?? .nan) ± \($0.standardError ?? .nan), "
                + "\($0.verdict)"
        }.joined(separator: "\n")
    }

    @Test("what is right passes", arguments: files("verdicts"))
    func right(_ file: String) async throws {
        let checks = try await Self.checks(file)
        #expect(!checks.isEmpty && checks.allSatisfy { $0.verdict == .pass }, "\(Self.text(checks))")
    }

    @Test("what is wrong fails, and does not stay open", arguments: files("planted"))
    func wrong(_ file: String) async throws {
        let checks = try await Self.checks(file)
        #expect(!checks.isEmpty && checks.allSatisfy { $0.verdict == .fail }, "\(Self.text(checks))")
        #expect(checks.allSatisfy { ($0.adjustedProbability ?? 1) <= 1e-6 })
    }

    /// Order 1.5 in law, order 1 pathwise, a tail of exactly 2, a Lyapunov exponent off by 2 %: for each study that is
    /// right there is one that is wrong about the same numbers.
    @Test("every right study has a wrong one")
    func pairs() {
        let names = { (folder: String) in Self.files(folder).map { $0.split(separator: "/").last! } }
        #expect(names("verdicts") == names("planted") && names("planted").count == 6)
    }
}
