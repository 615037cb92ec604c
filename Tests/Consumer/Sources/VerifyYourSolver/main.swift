import ConvergenceStudies
import SolverProtocol
import SpikingNumerics

let mine = StepSolver(name: "mine") { state, neuron, h, increment in
    state.voltage += h * neuron.slope(voltage: state.voltage, current: state.current)
    state.current += -h * state.current / neuron.synapticTimeConstant + neuron.noiseStrength * increment
    guard state.voltage >= neuron.threshold else { return false }
    state.voltage = neuron.reset
    return true
}
for finding in try await ConformanceLadder(SolverChoice(name: "mine", solver: mine)).climb() {
    print("\(finding.rung): \(finding.grade), \(finding.text) \(finding.diagnosis)")
}

var study = Study(
    name: "mine", title: "My solver beside a good one", problem: Problem(duration: 100),
    integrators: ["mine", "exact-propagator+hermite"], steps: [0.5, 0.25, 0.125],
    measures: [.init(name: "strong-final"), .init(name: "weak", observable: "spike-count")],
    sampling: .init(paths: 65536),
    expectations: [
        .init(measure: .init(name: "strong-final"), integrator: "mine", order: 0.5, tolerance: 0.15)
    ])
study.solvers = [SolverChoice(name: "mine", solver: mine)]
let result = try await StudyRunner(study: study, threads: 2).run { _, _ in }
for row in result.rows {
    print(row.integrator, row.measure, row.observable, row.h, row.value ?? .nan, row.standardError ?? .nan)
}
print("verdict: \(result.verdict)")
