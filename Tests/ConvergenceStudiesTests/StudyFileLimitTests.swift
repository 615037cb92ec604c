import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

/// The last number that is accepted, beside the next that is not.
@Suite("Limits of study files")
struct StudyFileLimitTests {
    private static func complaint(_ text: String) -> String {
        do {
            _ = try StudyFile.parse(text, file: "s.yaml")
            return ""
        } catch { return "\(error)" }
    }

    private static func expect(_ accepted: String, _ refused: String, _ message: String) {
        let complaint = complaint(accepted)
        #expect(complaint.isEmpty, "\(complaint)")
        #expect(Self.complaint(refused).contains(message), "\(Self.complaint(refused))")
    }

    /// A part of the valid study, what takes its place and has two numbers in the place of `#`, and the complaint about
    /// the second.
    static let limits: [(part: String, other: String, accepted: String, refused: String, message: String)] = [
        ("seed: 1", "seed: 1, root_cell: #", "4", "5", "is 5 but must be above 0 and at most 4"),
        (
            "[euler-maruyama,",
            "[{solver: s, command: [a, \"{request}\", \"{reply}\"], timeout: #}, euler-maruyama,", "86400",
            "86401",
            "is 86401 but must lie between 0 and 86400"
        ),
        (
            "reference: exact-event",
            "reference: exact-event\nestimator: {multilevel: {observable: spike-count, accuracy: [0.01], pilot: #}}",
            "1048576", "1048584", "is 1048584 but must lie between 64 and 1048576"
        ),
        (
            "reference: exact-event",
            "reference: exact-event\nestimator: {multilevel: {observable: spike-count, accuracy: [0.01], pilot: #}}",
            "64", "56", "is 56 but must lie between 64 and 1048576"
        ),
        // With two neurons each spike brings about weight · τ_s of the other, at a height of 1.
        (
            "topology: single",
            "topology: {recurrent: {populations: {A: {size: 2}}, "
                + "connections: [{from: A, to: A, rule: dense, weight: #, delay: 1}]}}",
            "0.2", "0.2002", "brings about 1.001 others"
        ),
        // 2^16 cells of a quarter of τ_s are one step of 0.5 ms.
        (
            "tau_s: 5", "tau_s: #", "3.0517578125e-5", "3.05e-5",
            "too short for a step of 0.5 ms against exact-event"
        ),
    ]

    @Test("are where they are said to be", arguments: limits.indices)
    func limit(_ k: Int) {
        let limit = Self.limits[k]
        func text(_ number: String) -> String {
            // Euler and Maruyama's scheme would be unstable with so short a time constant.
            StudyText.replacing(limit.part, with: limit.other.replacing("#", with: number))
                .replacing(limit.part == "tau_s: 5" ? "euler-maruyama" : "none", with: "exact-propagator")
                .replacing("[exact-propagator, exact-propagator+hermite]", with: "[exact-propagator]")
        }
        Self.expect(text(limit.accepted), text(limit.refused), limit.message)
    }

    /// V' = 200 V² + μ takes [atan(2 k) + atan(k)]/√(200 μ) from -1 to 2, k = √(200/μ): at the μ where that is 0.01 ms, a
    /// neuron fires 100 times in a ms.
    @Test("nonlinear neurons may fire 100 times in a ms, by the integral over 1/f")
    func nonlinearRate() {
        func rate(_ drive: Double) -> Double {
            let k = (200 / drive).squareRoot()
            return (200 * drive).squareRoot() / (atan(2 * k) + atan(k))
        }
        var (low, high) = (1.0, 1000.0)
        while high - low > 1e-9 {
            let middle = (low + high) / 2
            if rate(middle) < 100 { low = middle } else { high = middle }
        }
        func text(_ factor: Double) -> String {
            ModelStudyTests.text(
                model: "nonlinear-if",
                parameters:
                    "{tau_m: 10, mu: \(factor * low), sigma: 0, V_r: -1, V_th: 2, f: {polynomial: [0, 0, 2000]}}",
                initial: "{V: -1}")
        }
        // The integral is a sum over 256 parts, each right to 1e-4.
        Self.expect(text(0.999), text(1.001), "more than 100 times in a ms")
    }

    /// Drawing that many takes seconds, which a mistake elsewhere saves.
    @Test("a thousand million pairs of neurons may be chosen from")
    func pairs() {
        func complaint(_ size: Int) -> String {
            Self.complaint(
                StudyText.replacing(
                    "topology: single",
                    with: "topology: {recurrent: {populations: {E: {size: \(size)}, I: {size: 25000}}, "
                        + "connectivity_seed: -1, "
                        + "connections: [{from: E, to: I, rule: erdos-renyi, probability: 1e-6, weight: 0.01}]}}"
                ))
        }
        #expect(complaint(40_000).contains("connectivity_seed: is -1"))
        #expect(!complaint(40_000).contains("pairs of neurons"))
        #expect(complaint(40_001).contains("pairs of neurons to choose from, more than 1000000000"))
    }

    @Test("as many paths to begin with as are not given are 1024")
    func usualPilot() throws {
        let text = StudyText.replacing(
            "reference: exact-event",
            with:
                "reference: exact-event\nestimator: {multilevel: {observable: spike-count, accuracy: [0.01]}}"
        )
        #expect(try StudyFile.parse(text, file: "s.yaml").multilevel?.pilot == 1024)
    }

    /// The file has no content and takes no room, but it has a size.
    @Test("a list of edges may have 2^30 bytes")
    func edges() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appendingPathComponent("edges.csv").path
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.truncate(atOffset: 1 << 30 + 1)
        try file.close()
        let text = StudyText.replacing(
            "topology: single",
            with: "topology: {recurrent: {populations: {A: {size: 2}}, edges: edges.csv}}")
        let error = #expect(throws: StudyFileError.self) {
            try StudyFile.parse(text, file: directory.path + "/s.yaml")
        }
        #expect("\(String(describing: error))".contains("has 1073741825 bytes, and an edge file has at most"))
    }
}
