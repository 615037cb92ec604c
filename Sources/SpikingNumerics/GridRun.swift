/// A grid integrator at work.
///
/// A jump inside a step acts on a neuron through what it has done by the end of that step.  The equations are linear
/// between spikes, so these effects add up and wait, summed by step, until the neuron takes the step.
///
/// A neuron that is released from its refractory period inside a step takes that part of the step's change that is left
/// of the step.
final class GridRun<Step: Scheme, Rule: SpikeRule>: Run {
    /// One kind of neuron.
    struct Kind {
        let model: NeuronModel
        let scheme: Step
        let rule: Rule
        let brownian: BrownianIncrements
        /// Effect of a unit of extra μ over a whole step.
        let driveGain: Double

        init(_ model: NeuronModel, step: Double) {
            self.model = model
            scheme = Step(model: model, step: step)
            rule = Rule(model: model, step: step)
            brownian = BrownianIncrements(model: model)
            driveGain = scheme.driveResponse(model, after: step)
        }
    }

    /// `integrate(through:)`, as code made for this scheme and rule.
    typealias Advance = @Sendable (GridRun, [NoiseWindow]) throws(SimulationError) -> Void

    private let advance: Advance
    let problem: Problem
    let network: Network
    let kinds: [Kind]
    let step: Double
    let level: Int

    var states: [LaneState] = []
    var mail: PendingInputs
    /// What has been added to each neuron's μ.
    var drives: [Lanes] = []
    /// What came to each neuron in the step being taken.
    var letters: [PendingInputs.Letter] = []
    /// End of each neuron's refractory period, ms.
    var heldUntil: [Lanes] = []
    var spikeLists: [[Spike]]
    var recordedVoltages: [[Lanes]]

    init(problem: Problem, step: Double, level: Int, advance: @escaping Advance) {
        self.advance = advance
        self.problem = problem
        network = problem.network
        kinds = problem.models.map { Kind($0, step: step) }
        self.step = step
        self.level = level
        let count = problem.network.neuronCount
        spikeLists = .init(repeating: [], count: 8 * count)
        recordedVoltages = .init(repeating: [], count: count)
        mail = PendingInputs(problem)
    }

    func start(_ states: [LaneState]) {
        self.states = states
        drives = .init(repeating: .zero, count: states.count)
        letters = .init(repeating: .init(), count: states.count)
        heldUntil = .init(repeating: Lanes(repeating: -.infinity), count: states.count)
        for k in spikeLists.indices { spikeLists[k].removeAll(keepingCapacity: true) }
        mail.clear()
    }

    func state(neuron: Int) -> LaneState { states[neuron] }

    func setState(_ state: LaneState, neuron: Int) { states[neuron] = state }

    func spikes(neuron: Int, lane: Int) -> [Spike] { spikeLists[8 * neuron + lane] }

    func advance(through windows: [NoiseWindow]) throws(SimulationError) { try advance(self, windows) }

    @inline(__always)
    func integrate(through windows: [NoiseWindow]) throws(SimulationError) {
        let steps = windows[0].count(level: level)
        for (neuron, window) in windows.enumerated() {
            recordedVoltages[neuron].removeAll(keepingCapacity: true)
            for lane in window.arrivals.indices {
                for arrival in window.arrivals[lane] {
                    post(
                        arrival, to: neuron, lane: lane,
                        notBefore: window.start / TimeGrid.ticks(level: level))
                }
            }
        }
        if network.shortestFeedback >= windows[0].duration {
            for (neuron, window) in windows.enumerated() {
                advance(neuron: neuron, through: window, steps: 0..<steps)
            }
        } else {
            for k in 0..<steps { try advanceTogether(through: windows, step: k) }
        }
    }

    // MARK: One neuron through many steps

    func advance(neuron: Int, through window: NoiseWindow, steps: Range<Int>) {
        let kind = kinds[problem.modelIndex(neuron: neuron)]
        let (scheme, rule) = (kind.scheme, kind.rule)
        let noise = window.cells(level: level)
        let ticks = TimeGrid.ticks(level: level)
        let isDisturbed = mail.reaches(neuron) || kind.model.refractoryPeriod > 0
        let firstStep = window.start / ticks
        var state = states[neuron]
        var untilRecord =
            window.recordInterval - (window.start + steps.lowerBound * ticks) % window.recordInterval

        for k in steps {
            let start = state
            scheme.advance(&state, noise: noise[k])
            if isDisturbed { collect(neuron, kind, step: firstStep + k, from: start, to: &state) }
            let suspects = rule.mayCross(from: start, to: state)
            if suspects.isAnySet {
                for lane in 0..<8 where suspects[lane] {
                    fire(
                        neuron, lane: lane, from: start, to: &state, step: firstStep + k, noise: noise[k])
                }
            }
            untilRecord -= ticks
            if untilRecord <= 0 {
                // A step longer than the interval reaches every record point that it ends on.
                if untilRecord % window.recordInterval == 0 { recordedVoltages[neuron].append(state.voltage) }
                while untilRecord <= 0 { untilRecord += window.recordInterval }
            }
        }
        states[neuron] = state
    }

    /// Adds what has come by mail to the end of a step, and holds refractory neurons at their reset.
    func collect(
        _ neuron: Int, _ kind: Kind, step k: Int, from start: LaneState, to end: inout LaneState
    ) {
        end.voltage += kind.driveGain * drives[neuron]
        let letter = mail.take(neuron, step: k) ?? .init()
        end.voltage += letter.voltage
        end.current += letter.current
        drives[neuron] += letter.drive
        letters[neuron] = letter
        guard kind.model.refractoryPeriod > 0 else { return }
        let endTime = Double(k + 1) * step
        let held = heldUntil[neuron]
        guard (held .> endTime - step).isAnySet else { return }
        for lane in 0..<8 where held[lane] > endTime - step {
            let left = max(0, endTime - held[lane]) / step
            end.voltage[lane] = kind.model.reset + left * (end.voltage[lane] - start.voltage[lane])
        }
    }

    /// Where in a step a neuron fires.
    struct Crossing {
        /// Of the step, in (0, 1].
        var fraction: Double
        /// dV/dt there; infinite at a jump of V.
        var speed: Double
        /// V just before the reset: the threshold, or more after a jump of V.
        var height: Double
    }

    /// Locates the crossings of one lane in one step, resets, and tells the targets.
    func fire(
        _ neuron: Int, lane: Int, from start: LaneState, to end: inout LaneState, step k: Int,
        noise: CellNoise
    ) {
        var next = firstCrossing(neuron, lane: lane, from: start, to: end, step: k, noise: noise)
        while let crossing = next {
            let spike = emit(crossing, neuron: neuron, lane: lane, step: k)
            for synapse in network.outgoing[neuron] {
                post(synapse.arrival(of: spike), to: synapse.target, lane: lane, notBefore: k)
            }
            reset(&end, neuron: neuron, lane: lane, from: start, after: crossing, step: k, noise: noise)
            next = recrossing(end.voltage[lane], neuron, after: crossing)
        }
    }

    /// The first crossing of a step: of the continuous path, or else by a jump of V inside the step.
    func firstCrossing(
        _ neuron: Int, lane: Int, from start: LaneState, to end: LaneState, step k: Int, noise: CellNoise
    ) -> Crossing? {
        let kind = kinds[problem.modelIndex(neuron: neuron)]
        if kind.model.refractoryPeriod > 0, heldUntil[neuron][lane] >= Double(k + 1) * step { return nil }
        let before = (voltage: start.voltage[lane], current: start.current[lane])
        let after = (voltage: end.voltage[lane], current: end.current[lane])
        let jump = Rule.reset == .goesOnFromSpike ? letters[neuron].jump[lane] : 0
        let unlifted = (after.voltage - jump, after.current)
        if let found = kind.rule.crossing(from: before, to: unlifted, noise: noise, lane: lane) {
            return Crossing(fraction: found.fraction, speed: found.speed, height: kind.model.threshold)
        }
        guard jump > 0, after.voltage >= kind.model.threshold else { return nil }
        let elapsed = letters[neuron].elapsed[lane]
        let fraction = 1 - elapsed / step
        let rise = after.voltage - jump - before.voltage
        let height = before.voltage + fraction * rise + jump / kind.scheme.voltageDecay(after: elapsed)
        return Crossing(fraction: fraction, speed: .infinity, height: height)
    }

    func emit(_ crossing: Crossing, neuron: Int, lane: Int, step k: Int) -> Spike {
        let spike = Spike(time: (Double(k) + crossing.fraction) * step, crossingSpeed: crossing.speed)
        spikeLists[8 * neuron + lane].append(spike)
        return spike
    }

    /// Sets V at the end of a step to what it is after a spike inside.
    func reset(
        _ end: inout LaneState, neuron: Int, lane: Int, from start: LaneState, after crossing: Crossing,
        step k: Int, noise: CellNoise
    ) {
        let kind = kinds[problem.modelIndex(neuron: neuron)]
        let rest = (1 - crossing.fraction) * step
        let held = min(rest, kind.model.refractoryPeriod)
        if kind.model.refractoryPeriod > 0 {
            heldUntil[neuron][lane] = (Double(k) + crossing.fraction) * step + kind.model.refractoryPeriod
        }
        if Rule.reset == .subtractsHeight, kind.model.refractoryPeriod == 0 {
            end.voltage[lane] -= kind.model.resetHeight
            return
        }
        guard Rule.reset == .goesOnFromSpike, held < rest else {
            end.voltage[lane] = kind.model.reset
            return
        }
        if kind.model.nonlinearity != nil {
            end.voltage[lane] = restart(
                neuron, lane: lane, from: start, to: end, fraction: crossing.fraction + held / step,
                noise: noise)
            return
        }
        // Without the refractory period V would have gone this far from the reset; it has had only part of that time.
        let drop = (crossing.height - kind.model.reset) * kind.scheme.voltageDecay(after: rest)
        let gain = end.voltage[lane] - drop - kind.model.reset
        end.voltage[lane] = kind.model.reset + gain * (1 - held / rest)
    }

    /// V at the end of a step in which it has left the reset at a fraction of the step, where the equation is nonlinear and
    /// what happened above the reset is of no use: Heun's step along the current's chord, and the noise's share.
    private func restart(
        _ neuron: Int, lane: Int, from start: LaneState, to end: LaneState, fraction: Double, noise: CellNoise
    ) -> Double {
        let kind = kinds[problem.modelIndex(neuron: neuron)]
        let rest = (1 - fraction) * step
        let extra = drives[neuron][lane]
        let late = end.current[lane] + extra
        let early = late + (1 - fraction) * (start.current[lane] - end.current[lane])
        let first = kind.model.slope(voltage: kind.model.reset, current: early)
        let second = kind.model.slope(voltage: kind.model.reset + rest * first, current: late)
        let jump = letters[neuron].elapsed[lane] < rest ? letters[neuron].jump[lane] : 0
        let share = kind.model.voltageNoise * (1 - fraction) * kind.brownian.increment(noise)[lane]
        return kind.model.reset + 0.5 * rest * (first + second) + share + jump
    }

    /// The next crossing on a straight line from the reset to the end of the step, under a drive so strong that there is
    /// one.
    func recrossing(_ end: Double, _ neuron: Int, after crossing: Crossing) -> Crossing? {
        let model = problem.model(neuron: neuron)
        let rest = (1 - crossing.fraction) * step
        guard end >= model.threshold, rest > 0 else { return nil }
        let rise = end - model.reset
        return Crossing(
            fraction: crossing.fraction + (1 - crossing.fraction) * (model.resetHeight / rise),
            speed: rise / rest,
            height: model.threshold)
    }
}
