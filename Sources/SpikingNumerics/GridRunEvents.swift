/// Steps in which spikes may act on other neurons before the step is over.
extension GridRun {
    /// Takes a step with all neurons, then the spikes in it in order of time, those of one instant together.
    func advanceTogether(through windows: [NoiseWindow], step k: Int) throws(SimulationError) {
        let before = states
        let ticks = TimeGrid.ticks(level: level)
        let place = windows[0].start / ticks + k
        var suspects = LaneMask(repeating: false)
        for (neuron, window) in windows.enumerated() {
            let kind = kinds[problem.modelIndex(neuron: neuron)]
            var state = before[neuron]
            kind.scheme.advance(&state, noise: window.cells(level: level)[k])
            collect(neuron, kind, step: place, from: before[neuron], to: &state)
            states[neuron] = state
            suspects .|= kind.rule.mayCross(from: before[neuron], to: state)
        }
        for lane in 0..<8 where suspects[lane] {
            try settle(lane: lane, from: before, step: place) { windows[$0].cells(level: level)[k] }
        }
        let endTick = windows[0].start + (k + 1) * ticks
        guard endTick % windows[0].recordInterval == 0 else { return }
        for neuron in windows.indices { recordedVoltages[neuron].append(states[neuron].voltage) }
    }

    /// Sends the spikes of a step on one path, the earliest first, until no neuron is left that has crossed its threshold.
    ///
    /// - Parameter noise: Of a neuron in this step.
    private func settle(
        lane: Int, from before: [LaneState], step k: Int, noise: (Int) -> CellNoise
    ) throws(SimulationError) {
        var crossings: [Int: Crossing] = [:]
        var last: [Int: Crossing] = [:]
        for neuron in before.indices {
            crossings[neuron] = firstCrossing(
                neuron, lane: lane, from: before[neuron], to: states[neuron], step: k, noise: noise(neuron))
        }
        while let earliest = crossings.values.map(\.fraction).min() {
            let firing = crossings.filter { $0.value.fraction == earliest }.keys.sorted()
            var deliveries: [(target: Int, arrival: Arrival)] = []
            for neuron in firing {
                let crossing = crossings.removeValue(forKey: neuron)!
                if let previous = last[neuron], previous.fraction == crossing.fraction {
                    throw .avalanche(neuron: neuron, time: (Double(k) + crossing.fraction) * step)
                }
                last[neuron] = crossing
                let spike = emit(crossing, neuron: neuron, lane: lane, step: k)
                reset(
                    &states[neuron], neuron: neuron, lane: lane, from: before[neuron], after: crossing,
                    step: k,
                    noise: noise(neuron))
                deliveries += network.outgoing[neuron].map { ($0.target, $0.arrival(of: spike)) }
            }
            var touched = Set(firing)
            for (target, arrival) in deliveries where deliver(arrival, to: target, lane: lane, step: k) {
                touched.insert(target)
            }
            for neuron in touched {
                if let previous = last[neuron] {
                    crossings[neuron] = again(neuron, lane: lane, after: previous, now: earliest)
                } else if var found = firstCrossing(
                    neuron, lane: lane, from: before[neuron], to: states[neuron], step: k,
                    noise: noise(neuron))
                {
                    found.fraction = max(found.fraction, earliest)
                    crossings[neuron] = found
                }
            }
        }
    }

    /// A second crossing of a step; at the instant of the first, where jumps lift V over the threshold again.
    private func again(_ neuron: Int, lane: Int, after crossing: Crossing, now: Double) -> Crossing? {
        let end = states[neuron].voltage[lane]
        guard end >= problem.model(neuron: neuron).threshold else { return nil }
        if letters[neuron].jump[lane] > 0 {
            return Crossing(fraction: max(now, crossing.fraction), speed: .infinity, height: end)
        }
        return recrossing(end, neuron, after: crossing)
    }

    /// Adds a jump to the state at the end of the step, if it happens in it, and posts it otherwise.
    ///
    /// - Returns: Whether it happens in the step.
    private func deliver(_ arrival: Arrival, to neuron: Int, lane: Int, step k: Int) -> Bool {
        let (place, elapsed) = locate(arrival, notBefore: k)
        var effect = effect(of: arrival, on: neuron, after: elapsed)
        guard place == k else {
            mail.add(effect, neuron: neuron, lane: lane, step: place)
            return false
        }
        if heldUntil[neuron][lane] >= Double(k + 1) * step { (effect.voltage, effect.jump) = (0, 0) }
        states[neuron].voltage[lane] += effect.voltage
        states[neuron].current[lane] += effect.current
        drives[neuron][lane] += effect.drive
        letters[neuron].add(effect, lane: lane)
        return true
    }
}
