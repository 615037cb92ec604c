import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

/// Jumps from outside at times off the grid, against closed forms: without noise `exact-propagator` makes no error in them.
@Suite("Jumps inside a step")
struct InputJumpTests {
    /// Rounding of some 100 steps on numbers below 1, amplified by none.
    private static let rounding = 1e-12

    /// The bias of tanh I, cos V and e^{-V²} at T against the true process, on one path without noise.
    private static func errors(
        _ problem: Problem, integrator: String = "exact-propagator", steps: [Double] = [0.5, 0.25]
    ) async throws -> [Double] {
        let measures =
            ["cos-V", "exp-V2", "tanh-I"]
            .map { Study.MeasureChoice(name: "weak", observable: $0) } + [.init(name: "strong-final")]
        let study = StudyRunnerTests.study(
            steps: steps, measures: measures, integrators: [integrator], paths: 8, problem: problem)
        return try await StudyRunnerTests.run(study).rows.compactMap(\.value)
    }

    static let jumps: [(Network.Jump, Double)] = [(.current, 0.02), (.voltage, 0.3), (.drive, 0.01)]

    @Test("of I, V and μ are integrated exactly", arguments: jumps.indices)
    func subthreshold(_ k: Int) async throws {
        let (jump, height) = Self.jumps[k]
        let problem = Problem(
            model: NeuronModel(drive: 0.01, noiseStrength: 0),
            inputs: [.init(.times([1.3, 4.45, 7.9], height: height), jump: jump, neurons: 0..<1)],
            duration: 10)
        let errors = try await Self.errors(problem)
        #expect(errors.count == 8)
        #expect(errors.allSatisfy { abs($0) <= Self.rounding }, "\(errors)")
    }

    /// V' = -V/τ_m + μ with V(0) = 0 from a jump of μ at s: V(T) = μ τ_m (1 - e^{-(T-s)/τ_m}).
    @Test("of μ do to V what the closed form says")
    func drive() async throws {
        let (height, start) = (0.02, 3.3)
        let model = NeuronModel(drive: 0, noiseStrength: 0)
        let problem = Problem(
            model: model, inputs: [.init(.times([start], height: height), jump: .drive, neurons: 0..<1)],
            duration: 10)
        let voltage =
            height * model.membraneTimeConstant * (1 - exp(-(10 - start) / model.membraneTimeConstant))
        let study = StudyRunnerTests.study(
            measures: [.init(name: "weak", observable: "cos-V")], paths: 8, problem: problem)
        let found = try await StudyRunnerTests.run(study).scalars
            .filter { $0.name == "mean-cos-V" }.compactMap(\.value)
        #expect(!found.isEmpty)
        for value in found where value.isFinite { #expect(abs(value - cos(voltage)) < 1e-2) }
        let exact = try #require(found.first)
        #expect(abs(exact - cos(voltage)) <= Self.rounding)
    }

    /// The neuron fires at t₁ = -τ_m log(1 - 1/(μ τ_m)), is held for 2 ms, and then gets a jump of V.  On the grid it fires
    /// and is released up to a step later, so V at T differs by at most the slope times a step.
    @Test(
        "of V count as soon as the refractory period is over, and not before",
        arguments: [1.0, 2.6, 2.8, 3.5])
    func refractory(delay: Double) async throws {
        let (drive, step) = (0.1, 0.25)
        let model = NeuronModel(drive: drive, noiseStrength: 0, refractoryPeriod: 2)
        let first = -model.membraneTimeConstant * log(1 - 1 / (drive * model.membraneTimeConstant))
        let problem = Problem(
            model: model,
            inputs: [.init(.times([first + delay], height: 0.3), jump: .voltage, neurons: 0..<1)],
            duration: 20)
        let study = StudyRunnerTests.study(
            steps: [step], measures: [.init(name: "strong-final")], integrators: ["exact-propagator"],
            paths: 8, problem: problem)
        let error = try #require(try await StudyRunnerTests.run(study).rows.first?.value)
        #expect(error <= drive * step + Self.rounding, "\(error)")
    }
}
