import SolverProtocol
import SpikingNumerics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// V without noise and below threshold: V∞ + (V(0) - V∞) e^{-t/τ_m}, for two different neurons.
struct LeakRung: Rung {
    static let name = "leak"

    /// What is left of an error when the step is halved; order 1 leaves half, no convergence leaves all.
    private static let largestRemainder = 0.75
    /// Errors below this, in V-units, are rounding: 32-bit numbers have 1e-7.
    private static let rounding = 1e-5

    private let models = [
        NeuronModel(
            membraneTimeConstant: 10, restingPotential: 0.2, threshold: 5, reset: 0.2, drive: 0,
            noiseStrength: 0),
        NeuronModel(
            membraneTimeConstant: 30, restingPotential: -0.1, threshold: 5, reset: -0.1, drive: 0.02,
            noiseStrength: 0),
    ]
    private let start = [0.9, 0.4]

    private func exact(_ neuron: Int, as model: NeuronModel, _ time: Double) -> Double {
        let target = model.asymptoticPotential
        return target + (start[neuron] - target) * model.voltageDecay(time)
    }

    func climb(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding {
        let problem = Problem(
            models: models, modelIndices: [0, 1], network: Network(neuronCount: 2),
            initial: .perNeuron(start.map { .init(voltage: $0, current: 0) }), duration: 16)
        let coarse = try await probe.ask(problem, step: 0.5)
        let fine = try await probe.ask(problem, step: 0.25)
        let errors = [coarse, fine].map { answer in
            (0..<2).map { error(answer, $0, as: models[$0]) }.max()!
        }
        let seen =
            "largest error of V \(StepText.number(errors[0])) at h = 0.5 ms, \(StepText.number(errors[1])) at 0.25 ms"
        // An error that is smaller some steps off comes from there; a method's own error is not.
        if let shift = shift(coarse, fine, than: errors) {
            let step = shift < 0 ? "k - \(-shift)" : "k + \(shift)"
            return .init(.fail, seen, diagnosis: "what states.npy has for step k is V after step \(step)")
        }
        if converges(errors) { return .init(.pass, seen) }
        return .init(.fail, seen, diagnosis: diagnosis(coarse, fine))
    }

    /// By how many steps states are off, if that halves the error at least, at both steps.
    private func shift(
        _ coarse: SolverProbe.Answer, _ fine: SolverProbe.Answer, than errors: [Double]
    ) -> Int? {
        [-1, 1, -2, 2].first { shift in
            zip([coarse, fine], errors).allSatisfy { answer, error in
                let shifted = (0..<2).map { self.error(answer, $0, as: models[$0], shift: shift) }.max()!
                return shifted < error / 2 && error > Self.rounding
            }
        }
    }

    private func converges(_ errors: [Double]) -> Bool {
        errors[1] <= max(Self.largestRemainder * errors[0], Self.rounding)
    }

    /// The largest over time, against the exact V so many steps later.
    private func error(_ answer: SolverProbe.Answer, _ neuron: Int, as model: NeuronModel, shift: Int = 0)
        -> Double
    {
        answer.voltages(neuron: neuron).enumerated().map { k, voltage in
            abs(voltage - exact(neuron, as: model, Double(k + 1 + shift) * answer.request.step))
        }.max()!
    }

    private func diagnosis(_ coarse: SolverProbe.Answer, _ fine: SolverProbe.Answer) -> String {
        for other in 0..<2
        where converges([coarse, fine].map { error($0, 1 - other, as: models[other]) }) {
            return
                "neuron \(1 - other) has the parameters of neuron \(other): every parameter is a list, one value per neuron"
        }
        let begun = coarse.voltages(neuron: 0)[0]
        if abs(begun - start[0]) > 0.1 { return "V does not begin at initial.npy's V, \(start[0])" }
        return "the error does not fall with h: tau_m, E_L or mu is not used, or in another unit than ms"
    }
}
