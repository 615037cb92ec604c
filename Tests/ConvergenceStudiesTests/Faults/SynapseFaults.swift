/// Jumps that come too late, too early, too strong, or to others.
extension SolverFault {
    static let synapses: [SolverFault] = [
        SolverFault("late-jumps", "jumps arrive one step late") {
            let lag = $0.lag
            $0.lag = { lag($0, $1) + 1 }
        },
        SolverFault("early-jumps", "jumps arrive one step early") {
            let lag = $0.lag
            $0.lag = { max(0, lag($0, $1) - 1) }
        },
        SolverFault("ignored-delays", "delays are not used") {
            $0.wire = { synapse, _, _ in synapse.delay = 0 }
        },
        SolverFault("delays-rounded-down", "delays are rounded down to whole steps") {
            $0.wire = { synapse, _, request in
                synapse.delay = (synapse.delay / request.step).rounded(.down) * request.step
            }
        },
        SolverFault("one-delay-for-all", "every synapse has the first one's delay") {
            $0.wire = { synapse, _, request in synapse.delay = request.synapses.delays.first ?? 0 }
        },
        SolverFault("jumps-at-step-ends", "jumps inside a step are put at its end") { $0.ignoresRest = true },
        SolverFault("scaled-weights", "weights are multiplied by h") {
            $0.wire = { synapse, _, request in synapse.weight *= request.step }
        },
        SolverFault("weight-sign", "the sign of weights is wrong") {
            $0.wire = { synapse, _, _ in synapse.weight.negate() }
        },
        SolverFault("weights-off-1-percent", "weights are 1 % too large") {
            $0.wire = { synapse, _, _ in synapse.weight *= 1.01 }
        },
        SolverFault("no-inhibition", "negative weights count as 0") {
            $0.wire = { synapse, _, _ in synapse.weight = max(0, synapse.weight) }
        },
        SolverFault("wrong-target", "jumps reach the neuron beside the target") {
            $0.wire = { synapse, _, request in synapse.target = (synapse.target + 1) % request.neuronCount }
        },
        SolverFault("back-to-sender", "jumps reach the source instead of the target") {
            $0.wire = { synapse, source, _ in synapse.target = source }
        },
        SolverFault("no-self-connections", "a neuron's synapses to itself are left out") {
            $0.wire = { synapse, source, _ in if synapse.target == source { synapse.weight = 0 } }
        },
        SolverFault("jump-of-the-wrong-kind", "jumps of V are made jumps of I") {
            $0.wire = { synapse, _, _ in if synapse.jump == .voltage { synapse.jump = .current } }
        },
        SolverFault("missed-jumps", "a neuron's second spike reaches nobody") { $0.transmits = { $1 != 2 } },
        SolverFault("late-input", "jumps from outside come one step late") { $0.arrivalLag = 1 },
        SolverFault("missed-input", "every tenth jump from outside is missed") {
            $0.receives = { count, _ in count % 10 != 0 }
        },
        SolverFault("deaf-while-refractory", "refractory neurons take no jumps from outside") {
            $0.receives = { _, isRefractory in !isRefractory }
        },
    ]
}
