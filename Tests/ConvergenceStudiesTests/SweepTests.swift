import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

@Suite("Sweeps")
struct SweepTests {
    static let network = """
        study: net
        problem:
          parameters: {mu: 0.045, sigma: 0.02}
          topology:
            recurrent:
              populations: {E: {size: 4, parameters: {mu: 0.05, tau_m: 10}}, I: {size: 2}}
              connections: [{from: E, to: I, rule: dense, weight: 0.1, delay: 1}]
          inputs:
            - {poisson: {rate: 0.5, height: 0.01}}
            - {poisson: {rate: 0.25, height: 0.02}}
          duration: 20
        integrators: [euler-maruyama]
        steps: [0.5, 0.25]
        measures: [strong-final]
        sampling: {paths: 64}

        """

    static func points(_ sweep: String, of text: String = StudyText.valid) throws -> [Study] {
        try StudyFile.parseAll(text + "sweep: \(sweep)\n", file: "s.yaml")
    }

    static func complaint(_ sweep: String, of text: String = StudyText.valid) -> String {
        do {
            _ = try points(sweep, of: text)
            return ""
        } catch { return "\(error)" }
    }

    @Test("of a map take every combination, the last key first")
    func grid() throws {
        let studies = try Self.points("{mu: [0.02, 0.04], sigma: {from: 0.01, to: 0.03, count: 3}}")
        #expect(
            studies.map(\.name) == [
                "small.mu_0.02.sigma_0.01", "small.mu_0.02.sigma_0.02", "small.mu_0.02.sigma_0.03",
                "small.mu_0.04.sigma_0.01", "small.mu_0.04.sigma_0.02", "small.mu_0.04.sigma_0.03",
            ])
        for study in studies {
            let model = study.problem.models[0]
            #expect(
                study.point == SweepPoint(of: "small", at: ["mu": model.drive, "sigma": model.noiseStrength]))
            // Everything else is as it was, the seed and so the paths among it.
            var plain = try StudyFile.parse(StudyText.valid, file: "s.yaml")
            plain.problem.models = study.problem.models
            #expect(
                study.problem == plain.problem && study.sampling == plain.sampling
                    && study.steps == plain.steps)
        }
        #expect(Set(studies.map { StudyHash.fnv1a($0.text.utf8) }).count == 6)
    }

    @Test("of a list take just its points")
    func zipped() throws {
        let studies = try Self.points("[{mu: 0.02, sigma: 0.01}, {mu: 0.04, sigma: 0.03}]")
        #expect(studies.map { $0.problem.models[0].noiseStrength } == [0.01, 0.03])
    }

    /// Merging reads a point's text by itself.
    @Test("have points whose text is a study of its own")
    func text() throws {
        for study in try Self.points("{mu: [0.02, 0.04]}") {
            let again = try StudyFile.parse(study.text, file: "s.yaml")
            #expect(again.problem == study.problem && again.point == study.point && again.name == study.name)
            #expect(again.expectations == study.expectations && again.sampling == study.sampling)
        }
    }

    static let keys: [(key: String, value: @Sendable (Problem) -> Double)] = [
        ("mu", { $0.model(neuron: 4).drive }), ("E.mu", { $0.model(neuron: 0).drive }),
        ("I.mu", { $0.model(neuron: 4).drive }), ("t_ref", { $0.model(neuron: 4).refractoryPeriod }),
        ("E.t_ref", { $0.model(neuron: 0).refractoryPeriod }),
        ("weight", { $0.network.outgoing[0][0].weight }), ("duration", { $0.duration }),
        ("inputs.1.poisson.rate", { rate(of: $0.inputs[1]) }),
        ("inputs.0.height", { height(of: $0.inputs[0]) }),
    ]

    private static func rate(of input: ExternalInput) -> Double {
        if case .poisson(let rate, _) = input.pattern { rate } else { -1 }
    }

    private static func height(of input: ExternalInput) -> Double {
        if case .poisson(_, let height) = input.pattern { height } else { -1 }
    }

    @Test("find a number by the shortest path that tells it from others", arguments: keys.indices)
    func paths(_ k: Int) throws {
        let (key, value) = Self.keys[k]
        let studies = try Self.points("{\(key): [0.5, 1]}", of: Self.network)
        #expect(studies.map { value($0.problem) } == [0.5, 1], "\(key)")
    }

    @Test(
        "say what is wrong, with the place",
        arguments: [
            ("{}", "13:8: sweep: is no sweep"), ("[0.02]", "a point of a sweep is a mapping"),
            ("{mu: []}", "has no list of values"), ("{mu: 0.02}", "has no list of values"),
            ("{mu: [fast]}", "13:14: sweep.mu: is \"fast\" where a number is wanted"),
            ("{mu: [0.02, 0.02]}", "the same point twice"),
            (
                "{mu: [0.02], parameters.mu: [0.06]}",
                "\"mu\" and \"parameters.mu\" are one number, parameters.mu"
            ),
            ("[{mu: 0.02}, {sigma: 0.02}]", "different keys"),
            ("{nu: [1]}", "there is no number \"nu\" in the problem"),
            ("{X.mu: [1]}", "there is no population \"X\""),
            ("{mu: {from: 0, to: 1, count: 1}}", "no whole number of at least two values"),
            // What the value makes wrong is told at the value.
            ("{tau_m: [20, -1]}", "13:21: problem.parameters.tau_m: is -1 but must be positive"),
        ])
    func refusals(_ sweep: String, _ words: String) {
        let complaint = Self.complaint(sweep)
        #expect(complaint.contains(words), "\(complaint)")
    }

    @Test("name all numbers that a key could be")
    func ambiguous() {
        let complaint = Self.complaint("{rate: [1]}", of: Self.network)
        #expect(complaint.contains("could be inputs.0.poisson.rate or inputs.1.poisson.rate"), "\(complaint)")
    }

    @Test("expect at some points only what is said to be for them")
    func expectations() throws {
        let text = StudyText.replacing(
            "expect: [",
            with:
                "expect: [{at: {mu: 0.04}, measure: {weak: cos-V}, integrator: euler-maruyama, order: 1, tolerance: 0.5}, "
        )
        let studies = try Self.points("{mu: [0.02, 0.04]}", of: text)
        #expect(studies.map(\.expectations.count) == [1, 2])
        for (sweep, words) in [
            ("{mu: [0.02, 0.03]}", "expect.at: is no point of the sweep"), ("{sigma: [0.04]}", "is no point"),
        ] {
            #expect(Self.complaint(sweep, of: text).contains(words))
        }
    }

    @Test("are several studies where one is wanted")
    func single() {
        do {
            _ = try StudyFile.parse(StudyText.valid + "sweep: {mu: [0.02]}\n", file: "s.yaml")
            Issue.record("accepted")
        } catch { #expect("\(error)".contains("a study with a sweep is several studies")) }
    }
}
