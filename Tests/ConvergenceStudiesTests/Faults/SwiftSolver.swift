import SolverProtocol

/// Euler and Maruyama's scheme in Swift, one path, neuron and step at a time: nothing of it is shared with the integrators
/// of the catalogue.
///
/// What it does right is in its `rules`, where faults are put.
struct SwiftSolver: PathSolver {
    var rules = SolverRules()

    func solve(_ request: SolverRequest) throws -> SolverReply {
        let network = SolverNetwork(request, rules)
        var reply = SolverReply(
            to: request, solver: "swift", version: "2", stamps: rules.locatesSpikes ? .interpolated : .stepEnd
        )
        for path in 0..<request.paths.count {
            var path = SolverPath(request, path, network, rules)
            path.integrate(into: &reply)
        }
        return reply
    }
}

/// The same, with something changed in its replies.
struct MisreportingSolver: PathSolver {
    var change: @Sendable (SolverRequest, inout SolverReply) -> Void

    func solve(_ request: SolverRequest) throws -> SolverReply {
        var reply = try SwiftSolver().solve(request)
        change(request, &reply)
        return reply
    }
}

/// V, I and what has been added to μ.
struct SolverState {
    var voltage: Double
    var current: Double
    var drive = 0.0
}

/// One path through all steps.
private struct SolverPath {
    let request: SolverRequest
    let path: Int
    let network: SolverNetwork
    let rules: SolverRules
    var states: [SolverState]
    /// V before the step.
    var starts: [Double]
    /// End of the refractory period, ms.
    var heldUntil: [Double]
    var spikeCounts: [Int]
    /// What jumps will have done by the end of the next steps: a ring of `network.ring` steps.
    var mail: [SolverState]
    var nextArrival = 0

    init(_ request: SolverRequest, _ path: Int, _ network: SolverNetwork, _ rules: SolverRules) {
        (self.request, self.path, self.network, self.rules) = (request, path, network, rules)
        let count = request.neuronCount
        states = (0..<count).map { rules.begin(request, path, $0) }
        starts = .init(repeating: 0, count: count)
        heldUntil = .init(repeating: -.infinity, count: count)
        spikeCounts = .init(repeating: 0, count: count)
        mail = .init(repeating: SolverState(voltage: 0, current: 0), count: network.ring * count)
    }

    mutating func integrate(into reply: inout SolverReply) {
        var record = 0
        for k in 0..<request.steps {
            if rules.recordsEarly { note(k, &record, &reply) }
            takeArrivals(k)
            for neuron in states.indices { step(neuron, k) }
            for neuron in states.indices where fires(neuron, k) {
                let place = rules.place(starts[neuron], states[neuron], network.neurons[neuron], request.step)
                tell(neuron, k, place, &reply)
                reset(neuron, k, place)
                send(neuron, k, place)
            }
            if !rules.recordsEarly { note(k, &record, &reply) }
        }
    }

    private func note(_ k: Int, _ record: inout Int, _ reply: inout SolverReply) {
        guard record < request.recordedSteps.count, request.recordedSteps[record] == k + 1 else { return }
        for (neuron, state) in states.enumerated() {
            reply.setState(
                path: path, record: record, neuron: neuron, voltage: state.voltage, current: state.current)
        }
        record += 1
    }

    private mutating func step(_ n: Int, _ k: Int) {
        let (neuron, h, before) = (network.neurons[n], request.step, states[n])
        let place = k % network.ring * states.count + n
        let letter = mail[place]
        mail[place] = SolverState(voltage: 0, current: 0)
        let increment = request.mode == .strong ? rules.increment(request, path, k, n) : 0
        let isHeld = heldUntil[n] > Double(k) * h
        var after = before
        after.voltage += h * (rules.slope(before, neuron) + before.drive) + letter.voltage
        after.current += -h * before.current / neuron.synapse + neuron.sigma * increment + letter.current
        after.drive += letter.drive
        if isHeld {
            // Only the part of the step after the refractory period counts.
            let left = max(0, Double(k + 1) * h - heldUntil[n]) / h
            after.voltage = neuron.reset + left * (after.voltage - before.voltage)
            rules.hold(&after, before)
        }
        rules.finish(&after, before, h)
        starts[n] = before.voltage
        states[n] = after
    }

    private func fires(_ n: Int, _ k: Int) -> Bool {
        guard heldUntil[n] < Double(k + 1) * request.step else { return false }
        return rules.fires(starts[n], states[n].voltage, network.neurons[n].threshold, k)
    }

    private mutating func tell(_ n: Int, _ k: Int, _ place: Double, _ reply: inout SolverReply) {
        let h = request.step
        let speed = (states[n].voltage - starts[n]) / h
        spikeCounts[n] += 1
        guard rules.tells(spikeCounts[n], speed, n) else { return }
        reply.addSpike(path: path, neuron: n, time: rules.stamp(Double(k) + place, h))
    }

    private mutating func reset(_ n: Int, _ k: Int, _ place: Double) {
        let (neuron, h) = (network.neurons[n], request.step)
        if neuron.refractory > 0 { heldUntil[n] = (Double(k) + place) * h + neuron.refractory }
        rules.reset(&states[n], neuron, (1 - place) * h)
    }

    // MARK: Jumps

    private mutating func send(_ n: Int, _ k: Int, _ place: Double) {
        let h = request.step
        for synapse in network.synapses[n] where rules.transmits(synapse, spikeCounts[n]) {
            // From the end of the step with the spike.
            let delay = synapse.delay - (1 - place) * h
            let lag = rules.lag(delay, h)
            let rest = rules.ignoresRest ? 0 : max(0, Double(lag) * h - delay)
            deliver(
                synapse.weight, synapse.jump, to: synapse.target, step: k + lag, rest: rest, isNow: lag == 0)
        }
    }

    private mutating func takeArrivals(_ k: Int) {
        let arrivals = network.arrivals[path]
        while nextArrival < arrivals.count, arrivals[nextArrival].step <= k {
            let arrival = arrivals[nextArrival]
            nextArrival += 1
            guard rules.receives(nextArrival, heldUntil[arrival.neuron] > Double(k) * request.step) else {
                continue
            }
            deliver(
                arrival.height, arrival.jump, to: arrival.neuron, step: k,
                rest: rules.ignoresRest ? 0 : arrival.rest,
                isNow: false)
        }
    }

    /// - Parameters:
    ///   - rest: How long before the end of its step the jump is, ms.
    ///   - isNow: Whether that step has been taken already.
    private mutating func deliver(
        _ height: Double, _ jump: SolverRequest.Jump, to n: Int, step k: Int, rest: Double, isNow: Bool
    ) {
        let neuron = network.neurons[n]
        var effect = SolverState(voltage: 0, current: 0)
        switch jump {
        case .current:
            (effect.voltage, effect.current) = (height * rest, height * (1 - rest / neuron.synapse))
        case .voltage: effect.voltage = height * (1 - rest / neuron.membrane)
        case .drive: (effect.voltage, effect.drive) = (height * rest, height)
        }
        func add(to state: inout SolverState) {
            state.voltage += effect.voltage
            state.current += effect.current
            state.drive += effect.drive
        }
        if isNow { add(to: &states[n]) } else { add(to: &mail[k % network.ring * states.count + n]) }
    }
}
