import SolverProtocol

/// A request's neurons, synapses and arrivals as a solver has understood them.
struct SolverNetwork {
    struct Neuron {
        /// τ_m, τ_s and τ_ref in ms.
        var membrane, synapse, refractory: Double
        var rest, threshold, reset, drive, sigma: Double
    }

    struct Synapse {
        var target: Int
        var weight: Double
        /// ms.
        var delay: Double
        var jump: SolverRequest.Jump
    }

    /// A jump from outside.
    struct Arrival {
        /// In which it happens.
        var step: Int
        /// How long before the end of that step, ms.
        var rest: Double
        var neuron: Int
        var height: Double
        var jump: SolverRequest.Jump
    }

    let neurons: [Neuron]
    /// Of each source.
    let synapses: [[Synapse]]
    /// Of each path, in order of their steps.
    let arrivals: [[Arrival]]
    /// More steps than any jump is under way.
    let ring: Int

    init(_ request: SolverRequest, _ rules: SolverRules) {
        let h = request.step
        neurons = (0..<request.neuronCount).map { n in
            func parameter(_ name: String) -> Double { request.parameter(name, neuron: n) }
            var neuron = Neuron(
                membrane: parameter("tau_m"), synapse: parameter("tau_s"), refractory: parameter("t_ref"),
                rest: parameter("E_L"), threshold: parameter("V_th"), reset: parameter("V_r"),
                drive: parameter("mu"), sigma: parameter("sigma"))
            rules.read(&neuron, h)
            return neuron
        }
        let all = request.synapses
        let synapses = (0..<request.neuronCount).map { source in
            (all.offsets[source]..<all.offsets[source + 1]).map { s in
                var synapse = Synapse(
                    target: all.targets[s], weight: all.weights[s], delay: all.delays[s], jump: all.jumps[s])
                rules.wire(&synapse, source, request)
                return synapse
            }
        }
        self.synapses = synapses
        ring = 1 + (synapses.joined().map { rules.lag($0.delay, h) }.max() ?? 0)
        var arrivals = [[Arrival]](repeating: [], count: request.paths.count)
        for arrival in request.arrivals {
            // A time on the grid, up to rounding, ends a step.
            let step = max(0, Int((arrival.time / h - 0x1p-20).rounded(.up)) - 1)
            arrivals[arrival.path].append(
                Arrival(
                    step: step + rules.arrivalLag, rest: max(0, Double(step + 1) * h - arrival.time),
                    neuron: arrival.neuron, height: arrival.height, jump: arrival.jump))
        }
        self.arrivals = arrivals.map { $0.sorted { $0.step < $1.step } }
    }
}
