/// Spikes found, placed, told or followed by a reset in a wrong way.
extension SolverFault {
    static let spikes: [SolverFault] = [
        SolverFault("no-reset", "V is not reset") { $0.reset = { _, _, _ in } },
        SolverFault("subtractive-reset", "the reset subtracts V_th - V_r, so that the overshoot is kept") {
            $0.reset = { state, neuron, _ in state.voltage -= neuron.threshold - neuron.reset }
        },
        SolverFault("current-reset", "I is reset at a spike, too") {
            $0.reset = { state, neuron, _ in (state.voltage, state.current) = (neuron.reset, 0) }
        },
        SolverFault(
            "stamped-early", "a spike is written down at the start of its step, and said to be at its end"
        ) {
            $0.stamp = { max(1, $0 - 1) * $1 }
        },
        SolverFault(
            "late-detection", "the threshold is looked at before the step, so that spikes come a step late"
        ) {
            $0.fires = { start, _, threshold, _ in start >= threshold }
        },
        SolverFault("every-second-step", "spikes are looked for in every second step only") {
            $0.fires = { _, end, threshold, k in k & 1 == 1 && end >= threshold }
        },
        SolverFault("downward-crossings", "a fall through the threshold is a spike, a rise is none") {
            $0.fires = { start, end, threshold, _ in start >= threshold && end < threshold }
        },
        SolverFault("first-spike-dropped", "the first spike of every neuron is not written down") {
            $0.tells = { count, _, _ in count > 1 }
        },
        SolverFault(
            "near-tangential-dropped", "spikes with a crossing speed below 0.02 per ms are not written down"
        ) {
            $0.tells = { _, speed, _ in speed >= 0.02 }
        },
        SolverFault("hundredth-spike-dropped", "one spike in a hundred is not written down") {
            // The speed's last digits are as good as random.
            $0.tells = { _, speed, _ in speed.bitPattern % 100 != 0 }
        },
        .located("wrong-slope", "spikes are located with the slope of V at the end of the step") { rules in
            rules.place = { start, end, neuron, h in
                let slope = SolverRules().slope(end, neuron)
                return min(1, max(0x1p-20, 1 - (end.voltage - neuron.threshold) / (h * slope)))
            }
        },
        .located("mirrored-interpolation", "spikes are located from the wrong end of the step") { rules in
            let place = rules.place
            rules.place = { max(0x1p-20, 1 - place($0, $1, $2, $3)) }
        },
        .located("located-but-reset-at-end", "spikes are located inside steps, but V is reset at the end") {
            $0.reset = { state, neuron, _ in state.voltage = neuron.reset }
        },
        .located("located-without-rest", "V is at the reset where the step ends, plus all of the overshoot") {
            $0.reset = { state, neuron, _ in state.voltage -= neuron.threshold - neuron.reset }
        },
    ]
}
