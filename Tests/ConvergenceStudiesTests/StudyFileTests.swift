import ConvergenceStudies
import Foundation
import SpikingNumerics
import TestSupport
import Testing

@Suite("Study files become studies")
struct StudyFileTests {
    private func study(_ part: String, _ other: String) throws -> Study {
        try StudyFile.parse(StudyText.replacing(part, with: other), file: "s.yaml")
    }

    @Test func everyKey() throws {
        let text = """
            study: all
            title: Every key
            problem:
              model: current-lif
              parameters: {tau_m: 10, tau_s: 2, E_L: -70, V_th: -50, V_r: -65, mu: 1.5, sigma: 0}
              topology: {layers: 3, width: 5, weight: [0.5, -1], in_degree: 2, connectivity_seed: 7}
              initial: {V: -60, I: 0.25}
              duration: 30
            reference: {fine-grid: {integrator: exact-propagator, factor: 32}}
            integrators: [euler-maruyama+linear]
            steps: [0.25, 1]
            measures: [{weak: spike-count}, spike-times]
            sampling: {paths: 4294967296, seed: 9223372036854775808, confidence: 0.9, root_cell: 2}
            expect:
              - {measure: {weak: spike-count}, integrator: euler-maruyama+linear, order: 1, tolerance: 0.2,
                 kind: at-least, case: layer-3}
              - {measure: spike-time-rms, integrator: euler-maruyama+linear, order: -1, tolerance: 2, kind: bound}
            """
        let study = try StudyFile.parse(text, file: "s.yaml")
        #expect(study.name == "all" && study.title == "Every key" && study.text == text)
        #expect(
            study.problem.models[0]
                == NeuronModel(
                    membraneTimeConstant: 10, synapticTimeConstant: 2, restingPotential: -70, threshold: -50,
                    reset: -65, drive: 1.5, noiseStrength: 0))
        let network = LayeredFeedforward(
            layers: 3, width: 5, weights: [0.5, -1], inDegree: 2, connectivitySeed: 7
        ).network()
        #expect(study.problem.network == network)
        #expect(study.problem.initial == .fixed(voltage: -60, current: 0.25))
        #expect(study.problem.duration == 30)
        #expect(study.reference == .fineGrid(integrator: "exact-propagator", factor: 32))
        #expect(study.integrators == ["euler-maruyama+linear"])
        #expect(study.steps == [0.25, 1])
        #expect(
            study.measures == [.init(name: "weak", observable: "spike-count"), .init(name: "spike-times")])
        #expect(study.sampling == .init(paths: 1 << 32, seed: 1 << 63, confidence: 0.9, rootCell: 2))
        let integrator = "euler-maruyama+linear"
        #expect(
            study.expectations == [
                .init(
                    measure: .init(name: "weak", observable: "spike-count"), integrator: integrator,
                    case: "layer-3",
                    kind: .atLeast, order: 1, tolerance: 0.2),
                .init(
                    measure: .init(name: "spike-time-rms"), integrator: integrator, kind: .bound, order: -1,
                    tolerance: 2),
            ])
    }

    @Test("errors and scalars can be expected, too, and a bound needs no tolerance")
    func expectedValues() throws {
        let text =
            StudyText.replacing("spike-times]", with: "spike-times, lyapunov]")
            .replacing("confidence: 0.95", with: "false_alarm: 1e-4")
            .replacing(
                "[{measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 0.1}]",
                with: """
                    [{measure: {weak: cos-V}, integrator: euler-maruyama, h: 0.25, value: 0.01, kind: bound},
                     {measure: {weak: cos-V}, integrator: euler-maruyama, value: 0.01, kind: bound},
                     {measure: {weak: cos-V}, integrator: euler-maruyama, order: 1, kind: at-least},
                     {scalar: lyapunov-V, method: twin, integrator: exact-event, value: -0.03, tolerance: 0.1},
                     {scalar: firing-rate, integrator: euler-maruyama, h: 0.5, value: 0.02, kind: bound}]
                    """)
        let study = try StudyFile.parse(text, file: "s.yaml")
        let bias = Study.MeasureChoice(name: "weak", observable: "cos-V")
        #expect(
            study.expectations == [
                .init(
                    .error(bias, h: 0.25), integrator: "euler-maruyama", kind: .bound, expected: 0.01,
                    tolerance: 0),
                .init(.error(bias, h: nil), integrator: "euler-maruyama", kind: .bound, expected: 0.01),
                .init(.order(bias), integrator: "euler-maruyama", kind: .atLeast, expected: 1),
                .init(
                    .scalar(name: "lyapunov-V", method: "twin", h: nil), integrator: "exact-event",
                    expected: -0.03, tolerance: 0.1),
                .init(
                    .scalar(name: "firing-rate", method: nil, h: 0.5), integrator: "euler-maruyama",
                    kind: .bound, expected: 0.02),
            ])
        #expect(study.sampling.falseAlarm == 1e-4)
    }

    @Test("one budget for all studies of a run that expect anything")
    func sharedBudget() throws {
        let judged = try StudyFile.parse(StudyText.valid, file: "s.yaml")
        var (silent, strict) = (judged, judged)
        silent.expectations = []
        silent.sampling.falseAlarm = 1e-12
        strict.sampling.falseAlarm = 1e-9
        let studies = Study.sharingFalseAlarm([judged, silent, strict], budget: nil)
        #expect(studies.map(\.sampling.falseAlarm) == [1e-9, 1e-9, 1e-9])
        #expect(studies.map(\.studiesJudged) == [2, 2, 2])
        #expect(Study.sharingFalseAlarm([judged], budget: 0.01)[0].sampling.falseAlarm == 0.01)
    }

    @Test func whatIsLeftOutIsTheDefaultNeuron() throws {
        let text = """
            study: bare
            problem: {duration: 10}
            integrators: [euler-maruyama]
            steps: [0.5]
            measures: [strong-final]
            sampling: {paths: 8}
            """
        let study = try StudyFile.parse(text, file: "s.yaml")
        #expect(study.title == "bare")
        #expect(study.problem == Problem(duration: 10))
        #expect(study.reference == .exactEvent)
        #expect(study.sampling == .init(paths: 8, seed: 1, confidence: 0.95, rootCell: 4))
        #expect(study.expectations.isEmpty)
    }

    @Test("without an initial V, neurons start at V_r")
    func initialState() throws {
        let text = StudyText.replacing("V_r: 0", with: "V_r: -1").replacing(
            "  initial: {V: 0, I: 0}\n", with: "")
        #expect(try StudyFile.parse(text, file: "s.yaml").problem.initial == .fixed(voltage: -1, current: 0))
        #expect(try study("{V: 0, I: 0}", "{stationary: 500}").problem.initial == .stationary(burnIn: 500))
    }

    @Test func plainFineGrid() throws {
        let study = try study("exact-event", "fine-grid")
        #expect(study.reference == .fineGrid(integrator: "exact-propagator+hermite", factor: 16))
    }

    @Test(
        "durations that are multiples only up to decimal rounding are accepted", arguments: [0.3, 12.7, 99.9])
    func decimalDuration(duration: Double) throws {
        let text = StudyText.replacing("duration: 100", with: "duration: \(duration)")
            .replacing("[0.5, 0.25]", with: "[0.1, 0.05]").replacing("seed: 1", with: "root_cell: 0.1")
        let study = try StudyFile.parse(text, file: "s.yaml")
        #expect(study.problem.duration == duration && study.steps == [0.1, 0.05])
    }

    @Test("the studies that come with the package are valid")
    func shipped() throws {
        let root = Repository.folder.appending(path: "convergence").path
        let files = try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".yaml") }
        #expect(files.count >= 11)
        for file in files {
            for study in try StudyFile.readAll(path: "\(root)/\(file)") {
                #expect(file.replacing("/", with: "-") == "\(study.point?.of ?? study.name).yaml")
            }
        }
    }
}
