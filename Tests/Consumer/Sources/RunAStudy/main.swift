import ConvergenceStudies

let text = """
    study: my-neuron
    problem:
      parameters: {tau_m: 15, tau_s: 3, E_L: -70, V_th: -50, V_r: -60, mu: 1.2, sigma: 1}
      initial: {V: -70, I: 0}
      duration: 100
    integrators: [euler-maruyama, exact-propagator+hermite]
    steps: [0.5, 0.25, 0.125]
    measures: [strong-final, {weak: spike-count}]
    sampling: {paths: 16384, seed: 1}
    expect: [{measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 0.15}]
    """
let study = try StudyFile.parse(text, file: "my-neuron.yaml")
let result = try await StudyRunner(study: study, threads: 2).run { done, total in
    print("\(done) of \(total) paths")
}
for row in result.rows {
    guard row.resolved, let value = row.value, let error = row.standardError else { continue }
    print(row.integrator, row.measure, row.observable, "at h = \(row.h) ms: \(value) ± \(error)")
}
for order in result.orders {
    guard let value = order.order, let low = order.intervalLow, let high = order.intervalHigh else {
        continue
    }
    print(order.integrator, order.measure, order.observable, "order \(value) in [\(low), \(high)]")
}
for check in result.checks { print("\(check.integrator), \(check.name): \(check.verdict)") }
