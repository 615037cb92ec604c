/// Parameters misread or misused.
extension SolverFault {
    static let parameters: [SolverFault] = [
        SolverFault("drift-sign", "the sign of μ is wrong") {
            $0.read = { neuron, _ in neuron.drive.negate() }
        },
        SolverFault("leak-sign", "the leak drives V away from E_L") {
            $0.read = { neuron, _ in neuron.membrane.negate() }
        },
        SolverFault("leak-twice", "the leak is applied twice") {
            $0.read = { neuron, _ in neuron.membrane /= 2 }
        },
        SolverFault("wrong-leak", "τ_m is twice too long") {
            $0.read = { neuron, _ in neuron.membrane *= 2 }
        },
        SolverFault("no-leak", "there is no leak") { $0.read = { neuron, _ in neuron.membrane = .infinity } },
        SolverFault("leak-off-1-percent", "τ_m is 1 % too long") {
            $0.read = { neuron, _ in neuron.membrane *= 1.01 }
        },
        SolverFault("synapse-off-1-percent", "τ_s is 1 % too long") {
            $0.read = { neuron, _ in neuron.synapse *= 1.01 }
        },
        SolverFault("constants-swapped", "τ_m and τ_s are swapped") {
            $0.read = { neuron, _ in (neuron.membrane, neuron.synapse) = (neuron.synapse, neuron.membrane) }
        },
        SolverFault("rest-at-zero", "E_L is taken to be 0") { $0.read = { neuron, _ in neuron.rest = 0 } },
        SolverFault("threshold-off-0.1-percent", "the threshold is 0.1 % too high") {
            $0.read = { neuron, _ in neuron.threshold *= 1.001 }
        },
        SolverFault("reset-off-1-percent", "V is reset to a value off by 1 % of V_th - V_r") {
            $0.read = { neuron, _ in neuron.reset += 0.01 * (neuron.threshold - neuron.reset) }
        },
        SolverFault("reset-to-zero", "V is reset to 0 instead of V_r") {
            $0.read = { neuron, _ in neuron.reset = 0 }
        },
        SolverFault("held-too-shortly", "the refractory period is one step short") {
            $0.read = { neuron, h in neuron.refractory = max(0, neuron.refractory - h) }
        },
        SolverFault("lost-step", "after a spike V rests for one step more") {
            $0.read = { neuron, h in neuron.refractory += h }
        },
        SolverFault("ignored-refractoriness", "the refractory period is not used") {
            $0.read = { neuron, _ in neuron.refractory = 0 }
        },
        SolverFault("frozen-current", "I stands still during the refractory period, too") {
            $0.hold = { after, before in after.current = before.current }
        },
        SolverFault("forgotten-initial-state", "V begins at 0, whatever the initial state is") {
            $0.begin = { SolverState(voltage: 0, current: $0.initialState(path: $1, neuron: $2).current) }
        },
        SolverFault("common-initial-state", "every neuron begins like the first") { rules in
            rules.begin = { request, path, _ in
                let (voltage, current) = request.initialState(path: path, neuron: 0)
                return SolverState(voltage: voltage, current: current)
            }
        },
    ]
}
