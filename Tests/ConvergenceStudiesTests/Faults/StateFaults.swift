/// States that are kept or written down in a wrong way, and variants that are right.
extension SolverFault {
    static let states: [SolverFault] = [
        SolverFault("early-states", "states are written down one step early") { $0.recordsEarly = true },
        SolverFault("single-precision", "V and I are kept in single precision") {
            $0.finish = { after, _, _ in
                after.voltage = Double(Float(after.voltage))
                after.current = Double(Float(after.current))
            }
        },
        SolverFault("half-precision", "V and I are kept with 11 significant bits") {
            $0.finish = { after, _, _ in
                func rounded(_ x: Double) -> Double {
                    let unit = x.ulp * 0x1p42
                    return unit == 0 ? x : (x / unit).rounded() * unit
                }
                after.voltage = rounded(after.voltage)
                after.current = rounded(after.current)
            }
        },
        SolverFault("clamped-at-reset", "V cannot fall below 0") {
            $0.finish = { after, _, _ in after.voltage = max(0, after.voltage) }
        },
    ]

    static let equivalent: [SolverFault] = [
        .equivalent(
            "strict-threshold", "a spike needs V > V_th instead of V ≥ V_th",
            because: "V meets the threshold exactly with probability 0"
        ) { $0.fires = { _, end, threshold, _ in end > threshold } },
        .equivalent(
            "factored-leak", "the leak is computed as (1 - h/τ_m) V, in another order of additions",
            because: "only the rounding of each step differs"
        ) {
            $0.finish = { _, _, _ in }
            $0.slope = { state, neuron in
                neuron.rest / neuron.membrane + neuron.drive + state.current - state.voltage / neuron.membrane
            }
        },
    ]
}
