import NumericalMethods

/// One neuron without noise on its way from event to event.
struct DeterministicNeuron {
    private let model: NeuronModel
    private let longestStep: Double
    private var time = 0.0
    var voltage, current: Double
    /// What has been added to μ.
    private var drive = 0.0
    /// The currents of its receptors, and what makes them rise.
    var receptors: [Double]
    /// End of the refractory period, ms.
    private var heldUntil = -Double.infinity
    /// The latest first.
    private var arrivals: [Arrival] = []
    private(set) var spikes: [Spike] = []

    init(model: NeuronModel, voltage: Double, current: Double, longestStep: Double) {
        self.model = model
        self.voltage = voltage
        self.current = current
        self.longestStep = longestStep
        receptors = .init(repeating: 0, count: 2 * model.receptors.count)
    }

    mutating func receive(_ arrival: Arrival) { arrivals.insertInOrder(arrival) }

    /// - Returns: The spikes on the way.
    mutating func advance(to end: Double) -> ArraySlice<Spike> {
        let first = spikes.count
        while time < end {
            let release = heldUntil > time ? heldUntil : .infinity
            let next = min(
                end, release, arrivals.last.map { max(time, $0.time) } ?? .infinity, time + longestStep)
            glide(to: next)
            while let arrival = arrivals.last, arrival.time <= time { receiveNow(arrival) }
        }
        return spikes[first...]
    }

    /// To a time before which nothing comes from outside, or to the spike before it.
    private mutating func glide(to next: Double) {
        guard heldUntil <= time else {
            current *= model.currentDecay(next - time)
            let held = receptors
            for k in model.receptors.indices {
                let step = ReceptorStep.exact(model.receptors.rates(k, leak: 0), next - time)
                let rise = held[model.receptors.count + k]
                receptors[k] = step.currentDecay * held[k] + step.currentOfRise * rise
                receptors[model.receptors.count + k] = step.riseDecay * rise
            }
            time = next
            return
        }
        var reached = solution(after: next - time)
        var elapsed = next - time
        let crosses = reached.voltage >= model.threshold
        if crosses {
            elapsed = crossing(before: elapsed)
            reached = solution(after: elapsed)
        }
        time = crosses ? time + elapsed : next
        current = reached.current
        voltage = reached.voltage
        receptors = reached.receptors
        if crosses {
            let felt = current + drive + receptors.prefix(model.receptors.count).reduce(0, +)
            fire(speed: max(model.slope(voltage: model.threshold, current: felt), .leastNormalMagnitude))
        }
    }

    private mutating func fire(speed: Double) {
        spikes.append(Spike(time: time, crossingSpeed: speed))
        voltage = model.reset
        if model.refractoryPeriod > 0 { heldUntil = time + model.refractoryPeriod }
    }

    private mutating func receiveNow(_ arrival: Arrival) {
        arrivals.removeLast()
        switch arrival.jump {
        case .current: current += arrival.weight
        case .drive: drive += arrival.weight
        case .receptor(let k):
            let place = model.receptors.rises(Int(k)) ? model.receptors.count + Int(k) : Int(k)
            receptors[place] += arrival.weight * model.receptors.gains[Int(k)]
        case .voltage where heldUntil <= time: voltage += arrival.weight
        case .voltage: break
        }
        if voltage >= model.threshold, heldUntil <= time { fire(speed: .infinity) }
    }

    /// How long from now until V has reached the threshold, by bisection down to neighbouring numbers.
    private func crossing(before end: Double) -> Double {
        var (low, high) = (0.0, end)
        while true {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { return high }
            if solution(after: middle).voltage >= model.threshold { high = middle } else { low = middle }
        }
    }

    /// The state after a while without events.
    private func solution(
        after elapsed: Double
    ) -> (voltage: Double, current: Double, receptors: [Double]) {
        guard elapsed > 0 else { return (voltage, current, receptors) }
        let count = model.receptors.count
        let rates = model.receptors.indices.map { model.receptors.rates($0, leak: 0) }
        let reached = DifferentialEquation.solve(
            from: [voltage, current] + receptors, after: elapsed,
            absoluteAccuracy: 1e-14 * model.resetHeight, relativeAccuracy: 1e-14
        ) { [model, drive] state, slopes in
            var felt = state[1] + drive
            for (k, rate) in rates.enumerated() {
                let (x, y) = (2 + k, 2 + count + k)
                felt += state[x]
                slopes[x] = state[y] - rate.decay * state[x]
                slopes[y] = -rate.rise * state[y]
            }
            slopes[0] = model.slope(voltage: state[0], current: felt)
            slopes[1] = -state[1] / model.synapticTimeConstant
        }
        // Only a V that runs away to infinity stops the method, and it has crossed every threshold before.
        return reached.map { ($0[0], $0[1], Array($0[2...])) } ?? (.infinity, current, receptors)
    }
}
