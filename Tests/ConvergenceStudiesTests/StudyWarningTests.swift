import ConvergenceStudies
import Foundation
import SpikingNumerics
import TestSupport
import Testing

@Suite("What is probably not meant is a warning that names the key")
struct StudyWarningTests {
    static func study(_ text: String) throws(StudyFileError) -> Study {
        try StudyFile.parse(text, file: "s.yaml")
    }

    /// Those of a study that can be run, and of one that is refused.
    static func found(_ text: String) -> [StudyRemark] {
        do { return try study(text).warnings } catch { return error.warnings }
    }

    /// The valid study with a part replaced; `▸` marks where the warning stands.
    static func check(_ original: String, _ spoilt: String, _ fragments: [String]) throws {
        let marked = MarkedText(StudyText.replacing(original, with: spoilt))
        let warnings = found(marked.text)
        let warning = warnings.first?.warning(in: "s.yaml") ?? "no warning"
        #expect(warnings.count == 1, "\(warnings)")
        #expect(warning.hasPrefix("s.yaml:\(marked.place): "), "expected \(marked.place): \(warning)")
        for fragment in fragments + ["warning: "] { #expect(warning.contains(fragment), "\(warning)") }
    }

    @Test(
        "before the study runs",
        arguments: [
            ("tau_m: 20", "tau_m: ▸0.02", ["problem.parameters.tau_m:", "if s is meant, write 20"]),
            ("tau_s: 5", "tau_s: ▸0.005", ["parameters.tau_s:", "write 5"]),
            ("tau_s: 5", "tau_s: ▸5001", ["tau_s:", "if µs is meant, write 5.001"]),
            ("V_r: 0,", "V_r: 0, t_ref: ▸0.002,", ["t_ref:", "write 2"]),
            ("mu: 0.045", "mu: ▸10", ["parameters.mu:", "200 times the way from V_r to V_th", "V-units/s"]),
            ("mu: 0.045", "mu: ▸0.000045", ["parameters.mu:", "0.0009 times", "little"]),
            ("sigma: 0.02", "sigma: ▸4", ["parameters.sigma:", "standard deviation of 56.", "ms^1.5"]),
            ("sigma: 0.02", "sigma: ▸0.00002", ["parameters.sigma:", "little"]),
            (
                "  duration", "  inputs: [{poisson: {rate: ▸500, height: 0.00001}}]\n  duration",
                ["inputs.poisson.rate:", "500000 Hz; if Hz is meant, write 0.5"]
            ),
            ("paths: 1024", "paths: ▸29", ["sampling.paths:", "fewer than 30"]),
            ("[0.5, 0.25]", "▸[0.5]", ["steps:", "a single step"]),
            ("[0.5, 0.25]", "▸[0.0009765625, 0.00048828125]", ["steps:", "if s is meant, write 0.9765625"]),
            ("{V: 0, I: 0}", "▸{stationary: 0.5}", ["problem.initial:", "if s is meant, write 500"]),
            (
                "single",
                "{recurrent: {populations: {A: {size: 2}}, connections: [{from: A, to: A, rule: dense, weight: 0, "
                    + "delay: ▸0.0015}]}}", ["connections.delay:", "write 1.5"]
            ),
            (
                "single",
                "{recurrent: {populations: {A: {size: 2, parameters: {mu: ▸9}}}, connections: []}}",
                ["populations.A.parameters.mu:", "180 times"]
            ),
        ] as [(String, String, [String])])
    func file(_ original: String, _ spoilt: String, _ fragments: [String]) throws {
        try Self.check(original, spoilt, fragments)
    }

    /// A thousand times too much or too little, for every model there is.
    @Test("in every model of the catalogue", arguments: ModelCatalogue.names, ["mu", "sigma", "tau_m"])
    func everyModel(_ model: String, _ key: String) throws {
        let usual = try #require(ModelCatalogue.family(named: model)).usual
        let value = ["mu": usual.drive, "sigma": usual.noiseStrength, "tau_m": usual.membraneTimeConstant][
            key]!
        for factor in [1000, 0.001] where !(key == "tau_m" && factor > 1) {
            let text = ModelStudyTests.text(
                model: model, parameters: "{\(key): \(value * factor)}", reference: "fine-grid")
            let found = Self.found(text).map { "\($0.key) \($0.message)" }
            if value == 0 { continue }
            #expect(found.contains { $0.hasPrefix("problem.parameters.\(key) ") }, "\(text): \(found)")
        }
        let study = try Self.study(
            ModelStudyTests.text(model: model, parameters: "{\(key): \(value)}", reference: "fine-grid"))
        #expect(study.warnings.isEmpty, "\(study.warnings)")
    }

    @Test("no committed study gives one")
    func committed() throws {
        for (path, text) in AmbiguousNumeralTests.studies where path.hasPrefix("/") {
            for study in try StudyFile.parseAll(text, file: path) {
                #expect(study.warnings.isEmpty, "\(path): \(study.warnings)")
            }
        }
    }

    static func warnings(_ original: String, _ spoilt: String) async throws -> [String] {
        var study = try study(StudyText.replacing(original, with: spoilt))
        study.sampling.paths = 64
        let result = try await StudyRunner(study: study, threads: 2).run { _, _ in }
        return (result.header.warnings ?? []).filter(\.isOfRun).map { $0.warning(in: "s.yaml") }
    }

    @Test("neurons that hardly fire, and faster than neurons can")
    func rates() async throws {
        #expect(try await Self.warnings("mu: 0.045", "mu: 0.046").isEmpty)
        let silent = try await Self.warnings("mu: 0.045, sigma: 0.02", "mu: 0.001, sigma: 0.001")
        #expect(
            silent.count == 1
                && silent[0].hasPrefix("s.yaml:3:15: problem.parameters: warning: the neuron fires at 0"))
        #expect(silent[0].contains("below 1 Hz"))
        let fast = try await Self.warnings("mu: 0.045", "mu: 1")
        #expect(fast.count == 1 && fast[0].contains("above 500 Hz"))
    }

    @Test("population by population")
    func populations() async throws {
        let found = try await Self.warnings(
            "single",
            "{recurrent: {populations: {E: {size: 2}, I: {size: 1, parameters: {mu: 0, sigma: 0.001}}}, connections: []}}"
        )
        #expect(found.count == 1, "\(found)")
        #expect(
            found.first?.hasPrefix(
                "s.yaml:4:54: problem.topology.recurrent.populations.I: warning: population I fires at 0 Hz")
                ?? false,
            "\(found)")
    }
}
