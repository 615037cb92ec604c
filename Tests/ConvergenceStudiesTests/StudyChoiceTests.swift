import ConvergenceStudies
import Foundation
import SpikingNumerics
import TestSupport
import Testing

@Suite("What a study file leaves out is chosen, and said")
struct StudyChoiceTests {
    static func study(_ text: String) throws -> Study { try StudyFile.parse(text, file: "s.yaml") }

    @Test(
        "a root cell that all steps divide",
        arguments: [
            ("[0.1, 0.05, 0.025]", 3.2), ("[0.1]", 3.2), ("[0.025, 0.1]", 3.2), ("[0.2, 0.1]", 3.2),
            ("[0.3, 0.15]", 2.4), ("[1, 0.1, 0.5, 0.05, 0.025]", nil), ("[3, 1.5]", 3), ("[0.5, 0.25]", 4),
            ("[0.001, 0.002]", 2.048), ("[0.0123, 0.0246]", 3.1488),
        ] as [(String, Double?)])
    func rootCell(_ steps: String, _ rootCell: Double?) throws {
        let text = StudyText.replacing("[0.5, 0.25]", with: steps)
            .replacing("duration: 100", with: "duration: \(rootCell.map { 16 * $0 } ?? 100)")
        guard let rootCell else {
            #expect(throws: StudyFileError.self) { try Self.study(text) }
            return
        }
        let study = try Self.study(text)
        #expect(study.sampling.rootCell == rootCell)
        let said = study.choices.map { "\($0.key): \($0.message)" }
        #expect(rootCell == 4 ? said.isEmpty : said.count == 1 && said[0].hasPrefix("sampling.root_cell: "))
    }

    @Test("which a study can give itself")
    func givenRootCell() throws {
        let text = StudyText.replacing("[0.5, 0.25]", with: "[0.1]")
            .replacing("seed: 1", with: "seed: 1, root_cell: 0.8")
        let study = try Self.study(text)
        #expect(study.sampling.rootCell == 0.8 && study.choices.isEmpty)
    }

    @Test("steps of 0.1 ms run, and the result says in which root cell")
    func decimalSteps() async throws {
        var study = try Self.study(
            StudyText.replacing("[0.5, 0.25]", with: "[0.1, 0.05]").replacing(
                "duration: 100", with: "duration: 10"))
        study.sampling.paths = 64
        let result = try await StudyRunner(study: study, threads: 2).run { _, _ in }
        #expect(Set(result.rows.map(\.h)) == [0.1, 0.05])
        #expect(result.header.choices == study.choices && study.choices.count == 1)
    }

    /// The first is chosen by its model alone, the others since the ones before do not do.
    @Test(
        "a reference",
        arguments: [
            ("current-lif", "{mu: 0.045}", "{V: 0}", "[strong-final]", "exact-event"),
            ("current-lif", "{sigma: 0}", "{V: 0}", "[strong-final]", "exact-event"),
            ("white-noise-lif", "{mu: 0.03}", "{V: 0}", "[strong-final]", "exact-event"),
            ("white-noise-lif", "{mu: 0.03}", "{stationary: 100}", "[{weak: firing-rate}]", "exact-event"),
            (
                "white-noise-lif", "{mu: 0.03}", "{stationary: 100}",
                "[{weak: firing-rate}, {weak: spike-count}]", "exact-event"
            ),
            ("nonlinear-if", "{mu: 0.03, sigma: 0}", "{V: 0}", "[strong-final]", "runge-kutta"),
            ("nonlinear-if", "{mu: 0.03}", "{V: 0}", "[strong-final]", "sra1+hermite"),
        ])
    func reference(
        _ model: String, _ parameters: String, _ initial: String, _ measures: String, _ name: String
    ) throws {
        let text = ModelStudyTests.text(
            model: model, parameters: parameters, reference: "REFERENCE", measures: measures, initial: initial
        )
        let study = try Self.study(text.replacing("reference: REFERENCE\n", with: ""))
        let choice = try #require(study.choices.first { $0.key == "reference" })
        #expect(choice.message.contains(name), "\(choice.message)")
        #expect(study.reference.name == name || study.reference == .fineGrid(integrator: name, factor: 16))
    }

    @Test("to: all in connections leads to every population")
    func all() throws {
        let text = StudyText.replacing(
            "topology: single",
            with: """
                topology:
                    recurrent:
                      populations: {E: {size: 8}, I: {size: 3}}
                      connections:
                        - {from: E, to: all, rule: fixed-in-degree, in_degree: 3, weight: 0.01}
                """)
        let study = try Self.study(text)
        let written = try Self.study(
            text.replacing(
                "- {from: E, to: all, rule: fixed-in-degree, in_degree: 3, weight: 0.01}",
                with: """
                    - {from: E, to: E, rule: fixed-in-degree, in_degree: 3, weight: 0.01}
                            - {from: E, to: I, rule: fixed-in-degree, in_degree: 3, weight: 0.01}
                    """))
        #expect(study.problem.network.outgoing == written.problem.network.outgoing)
        #expect(study.problem.network.outgoing.joined().count == 33)
    }

    @Test("no connections are a network, too")
    func unconnected() throws {
        let study = try Self.study(
            StudyText.replacing(
                "single", with: "{recurrent: {populations: {A: {size: 2}, B: {size: 1}}, connections: []}}"))
        #expect(study.problem.network.neuronCount == 3 && study.problem.network.outgoing.joined().isEmpty)
    }
}

@Suite("The unit of V in study files")
struct StudyUnitTests {
    @Test("is a word, or 1", arguments: ["mV", "V", "uV", "1"])
    func unit(_ unit: String) throws {
        #expect(try StudyFile.parse("unit: \(unit)\n" + StudyText.valid, file: "s.yaml").unit == unit)
    }

    @Test(arguments: ["mV/ms", "", "[mV]", "2", "a b", "{mV: 1}", "millimillivolts"])
    func refused(_ unit: String) {
        do {
            _ = try StudyFile.parse("unit: \(unit)\n" + StudyText.valid, file: "s.yaml")
            Issue.record("accepted")
        } catch { #expect("\(error)".hasPrefix("s.yaml:1:") && "\(error)".contains(" unit: "), "\(error)") }
    }
}
