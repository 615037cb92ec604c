import ConvergenceStudies
import SolverProtocol
import SpikingNumerics
import Testing

/// What a library's user can put into a study that a study file cannot name.
@Suite("Integrators of a library's user")
struct LibraryStudyTests {
    private static func study(_ integrators: [String], problem: Problem = Problem(duration: 40)) -> Study {
        Study(
            name: "library", title: "", problem: problem, integrators: integrators, steps: [0.5, 0.25],
            measures: [.init(name: "strong-final"), .init(name: "spike-times")],
            sampling: .init(paths: 1024))
    }

    /// The values of each integrator, in the order of the rows.
    private static func values(_ study: Study) async throws -> [String: [Double?]] {
        let result = try await StudyRunner(study: study, threads: 2).run { _, _ in }
        return Dictionary(grouping: result.rows, by: \.integrator).mapValues { $0.map(\.value) }
    }

    /// Euler and Maruyama's scheme by another name.
    private struct Renamed: Scheme {
        static let name = "renamed"
        static let declaredOrder = EulerMaruyama.declaredOrder
        static func refusal(_ model: NeuronModel) -> String? {
            model.refractoryPeriod > 0 ? "this one never rests" : nil
        }
        let scheme: EulerMaruyama

        init(model: NeuronModel, step: Double) { scheme = EulerMaruyama(model: model, step: step) }

        func advance(_ state: inout LaneState, noise: CellNoise) { scheme.advance(&state, noise: noise) }
        func voltageDecay(after elapsed: Double) -> Double { scheme.voltageDecay(after: elapsed) }
        func synapticResponse(after elapsed: Double) -> (voltage: Double, current: Double) {
            scheme.synapticResponse(after: elapsed)
        }
    }

    @Test("a scheme of one's own has the errors of its formula")
    func customScheme() async throws {
        var study = Self.study(["euler-maruyama+linear", "renamed+linear"])
        study.customIntegrators = [GridIntegrator<Renamed, LinearInterpolation>()]
        let values = try await Self.values(study)
        #expect(values["renamed+linear"] == values["euler-maruyama+linear"])
        #expect(values["renamed+linear"]?.contains { ($0 ?? 0) > 0 } == true)
    }

    @Test("what is not there, or was not made for the neuron, is refused by name")
    func refusals() async throws {
        await #expect {
            try await Self.values(Self.study(["renamed+linear"]))
        } throws: { "\($0)" == "there is no integrator \"renamed+linear\"" }
        var resting = Self.study(
            ["renamed+linear"], problem: Problem(model: NeuronModel(refractoryPeriod: 2), duration: 40))
        resting.customIntegrators = [GridIntegrator<Renamed, LinearInterpolation>()]
        let refused = resting
        await #expect {
            try await Self.values(refused)
        } throws: { "\($0)" == "renamed+linear: this one never rests" }
        let nonlinear = NeuronModel(nonlinearity: ModelFamily.nonlinearIF.usual.nonlinearity)
        await #expect {
            try await Self.values(
                Self.study(["euler-maruyama"], problem: Problem(model: nonlinear, duration: 40)))
        } throws: { "\($0)".hasPrefix("exact-event: a nonlinear neuron") }
    }

    /// The same formula as `SwiftSolver`'s.
    static let step = StepSolver(name: "step") { state, neuron, h, increment in
        let (voltage, current) = (state.voltage, state.current)
        state.voltage +=
            h * ((neuron.restingPotential - voltage) / neuron.membraneTimeConstant + neuron.drive + current)
        state.current += -h * current / neuron.synapticTimeConstant + neuron.noiseStrength * increment
        guard state.voltage >= neuron.threshold else { return false }
        state.voltage = neuron.reset
        return true
    }

    @Test("a function for one step is the solver that does these steps, to the bit")
    func stepSolver() async throws {
        var study = Self.study(["step", "swift"])
        study.solvers = [
            SolverChoice(name: "step", solver: Self.step), SolverChoice(name: "swift", solver: SwiftSolver()),
        ]
        let values = try await Self.values(study)
        #expect(values["step"] == values["swift"])
        #expect(values["step"]?.contains { ($0 ?? 0) > 0 } == true)
    }

    @Test("the ladder skips what such a function knows nothing of, and finds what is wrong with the rest")
    func ladder() async throws {
        func grades(_ solver: StepSolver) async throws -> [String: ConformanceLadder.Grade] {
            let findings = try await ConformanceLadder(SolverChoice(name: "step", solver: solver)).climb()
            return Dictionary(uniqueKeysWithValues: findings.map { ($0.rung, $0.grade) })
        }
        let right = try await grades(Self.step)
        // It has neither synapses nor refractory periods.
        let skipped = right.filter { $0.value == .skipped }.keys
        #expect(
            Set(skipped) == [
                "synaptic jumps", "refractory period", "unlike neurons", "input while refractory", "network",
            ])
        #expect(right.values.allSatisfy { $0 == .pass || $0 == .skipped }, "\(right)")
        let wrong = StepSolver(name: "step") { state, neuron, h, increment in
            state.voltage += h * neuron.slope(voltage: state.voltage, current: state.current)
            state.current +=
                -h * state.current / neuron.synapticTimeConstant
                + h.squareRoot() * neuron.noiseStrength * increment
            guard state.voltage >= neuron.threshold else { return false }
            state.voltage = neuron.reset
            return true
        }
        #expect(try await grades(wrong)["noise"] == .fail)
    }

    @Test("noise of the solver's own is not supported")
    func weakMode() async throws {
        var study = Self.study(["step"])
        study.measures = [.init(name: "weak", observable: "cos-V")]
        study.solvers = [SolverChoice(name: "step", solver: Self.step, mode: .weak)]
        let result = try await StudyRunner(study: study, threads: 1).run { _, _ in }
        #expect(
            result.rows.allSatisfy { $0.value == nil && $0.note.contains("draws no noise") }, "\(result.rows)"
        )
    }
}
