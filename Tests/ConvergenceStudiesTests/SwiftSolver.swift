import SolverProtocol

/// Euler-Maruyama as a Swift type, for neurons with synapses whose delays are whole steps, and with faults to order.
struct SwiftSolver: PathSolver {
    enum Fault: String, CaseIterable, Sendable {
        case stampedEarly, subtractiveReset, lostStep, heldTooShortly, ignoredRefractoriness
        case lateJumps, ignoredDelays, scaledWeights
        case noiseTimesRootStep, noiseTimesStep, lateIncrements, reversedIncrements, mixedNeurons,
            firstPathOnly
        case forgottenSigma, earlyStates, forgottenInitialState, wrongLeak
    }

    var fault: Fault?

    func solve(_ request: SolverRequest) throws -> SolverReply {
        var reply = SolverReply(to: request, solver: "swift", version: "1", stamps: .stepEnd)
        for path in 0..<request.paths.count {
            var path = Path(request, path, fault)
            path.integrate(into: &reply)
        }
        return reply
    }

    private struct Path {
        let request: SolverRequest
        let path: Int
        let fault: Fault?
        var voltages: [Double], currents: [Double], held: [Int]
        /// By step of arrival and target.
        var mail: [[Double]]

        init(_ request: SolverRequest, _ path: Int, _ fault: Fault?) {
            (self.request, self.path, self.fault) = (request, path, fault)
            let neurons = 0..<request.neuronCount
            voltages = neurons.map {
                fault == .forgottenInitialState ? 0 : request.initialState(path: path, neuron: $0).voltage
            }
            currents = neurons.map { request.initialState(path: path, neuron: $0).current }
            held = neurons.map { _ in 0 }
            mail = .init(repeating: .init(repeating: 0, count: neurons.count), count: request.steps + 64)
        }

        mutating func integrate(into reply: inout SolverReply) {
            var record = 0
            for k in 0..<request.steps {
                if fault == .earlyStates { note(k, &record, &reply) }
                for neuron in voltages.indices { step(neuron, k) }
                for neuron in voltages.indices where fires(neuron) {
                    let time = Double(fault == .stampedEarly ? k : k + 1) * request.step
                    reply.addSpike(path: path, neuron: neuron, time: time)
                    reset(neuron, k)
                    send(neuron, k)
                }
                for neuron in voltages.indices { currents[neuron] += mail[k][neuron] }
                if fault != .earlyStates { note(k, &record, &reply) }
            }
        }

        private func note(_ k: Int, _ record: inout Int, _ reply: inout SolverReply) {
            guard record < request.recordedSteps.count, request.recordedSteps[record] == k + 1 else { return }
            for neuron in voltages.indices {
                reply.setState(
                    path: path, record: record, neuron: neuron, voltage: voltages[neuron],
                    current: currents[neuron])
            }
            record += 1
        }

        private mutating func step(_ neuron: Int, _ k: Int) {
            func parameter(_ name: String) -> Double { request.parameter(name, neuron: neuron) }
            let h = request.step
            let (voltage, current) = (voltages[neuron], currents[neuron])
            let tau = fault == .wrongLeak ? 2 * parameter("tau_m") : parameter("tau_m")
            voltages[neuron] += h * ((parameter("E_L") - voltage) / tau + parameter("mu") + current)
            currents[neuron] += -h * current / parameter("tau_s") + noise(neuron, k)
            if held[neuron] > 0 {
                voltages[neuron] = parameter("V_r")
                held[neuron] -= 1
            }
        }

        private func noise(_ neuron: Int, _ k: Int) -> Double {
            guard request.mode == .strong else { return 0 }
            let sigma = fault == .forgottenSigma ? 1 : request.parameter("sigma", neuron: neuron)
            let h = request.step
            func increment(_ path: Int, _ k: Int, _ neuron: Int) -> Double {
                k < 0 ? 0 : sigma * request.increment(path: path, step: k, neuron: neuron)
            }
            switch fault {
            case .noiseTimesRootStep: return h.squareRoot() * increment(path, k, neuron)
            case .noiseTimesStep: return h * increment(path, k, neuron)
            case .lateIncrements: return increment(path, k - 1, neuron)
            case .reversedIncrements: return increment(path, request.steps - 1 - k, neuron)
            case .mixedNeurons: return increment(path, k, request.neuronCount - 1 - neuron)
            case .firstPathOnly: return increment(0, k, neuron)
            default: return increment(path, k, neuron)
            }
        }

        private func fires(_ neuron: Int) -> Bool {
            voltages[neuron] >= request.parameter("V_th", neuron: neuron)
        }

        private mutating func reset(_ neuron: Int, _ k: Int) {
            let (top, bottom) = (
                request.parameter("V_th", neuron: neuron), request.parameter("V_r", neuron: neuron)
            )
            voltages[neuron] = fault == .subtractiveReset ? voltages[neuron] - (top - bottom) : bottom
            held[neuron] = Int((request.parameter("t_ref", neuron: neuron) / request.step).rounded())
            switch fault {
            case .heldTooShortly: held[neuron] = max(0, held[neuron] - 1)
            case .ignoredRefractoriness: held[neuron] = 0
            case .lostStep: held[neuron] += 1
            default: break
            }
        }

        private mutating func send(_ neuron: Int, _ k: Int) {
            let synapses = request.synapses
            for s in synapses.offsets[neuron]..<synapses.offsets[neuron + 1] {
                var lag = Int((synapses.delays[s] / request.step).rounded())
                if fault == .lateJumps { lag += 1 }
                if fault == .ignoredDelays { lag = 0 }
                let weight = synapses.weights[s] * (fault == .scaledWeights ? request.step : 1)
                mail[k + lag][synapses.targets[s]] += weight
            }
        }
    }
}
