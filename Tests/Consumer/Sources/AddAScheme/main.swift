import ConvergenceStudies
import SpikingNumerics

// A threshold out of reach leaves the scheme alone with the noise.
var study = Study(
    name: "trapezoidal", title: "The trapezoidal rule",
    problem: Problem(model: NeuronModel(threshold: 1e6), duration: 64),
    integrators: ["trapezoidal+linear", "euler-maruyama"], steps: [1, 0.5, 0.25, 0.125],
    measures: [.init(name: "strong-final"), .init(name: "weak", observable: "exp-V2")],
    sampling: .init(paths: 4096),
    expectations: [
        .init(
            measure: .init(name: "strong-final"), integrator: "trapezoidal+linear", order: 1, tolerance: 0.1)
    ])
study.customIntegrators = [GridIntegrator<Trapezoidal, LinearInterpolation>()]
let result = try await StudyRunner(study: study, threads: 2).run { _, _ in }
for order in result.orders where order.order != nil {
    print(
        order.integrator, order.measure, order.observable, order.order!, order.intervalLow!,
        order.intervalHigh!)
}
print("verdict: \(result.verdict)")
