/// Steps in which spikes may act on other neurons before the step is over.
extension GridRun {
    /// Takes a step with all neurons, then the spikes in it in order of time, those of one instant together.
    ///
    /// - Parameter k: The step, counted from time 0.
    func advanceTogether(through windows: UnsafeBufferPointer<NoiseWindow>, step k: Int)
        throws(SimulationError)
    {
        let cell = k - windows[0].start / TimeGrid.ticks(level: level)
        for range in likeNeurons {
            // Once for all of them: to take it out of its array would count references at every step.
            let kind = kinds[problem.modelIndex(neuron: range.lowerBound)]
            for neuron in range {
                starts[neuron] = states[neuron]
                notePush(neuron)
                kind.scheme.advance(&states[neuron], noise: windows[neuron].cells(level: level)[cell])
                collect(neuron, kind, step: k, from: starts[neuron], to: &states[neuron])
                for lane in suspects(neuron, kind, from: starts[neuron], to: states[neuron]) {
                    suspects[lane].append(neuron)
                }
            }
        }
        for lane in 0..<8 where !suspects[lane].isEmpty {
            try settle(suspects[lane], lane: lane, step: k) { windows[$0].cells(level: level)[cell] }
            suspects[lane].removeAll(keepingCapacity: true)
        }
    }

    /// Sends the spikes of a step on one path, the earliest first, until no neuron is left that has crossed its threshold.
    ///
    /// - Parameters:
    ///   - neurons: Those that may have crossed it before any spike of the step.
    ///   - noise: Of a neuron in this step.
    private func settle(
        _ neurons: [Int], lane: Int, step k: Int, noise: (Int) -> CellNoise
    ) throws(SimulationError) {
        var crossings: [Int: GridCrossing] = [:]
        var last: [Int: GridCrossing] = [:]
        for neuron in neurons {
            crossings[neuron] = firstCrossing(
                neuron, lane: lane, from: starts[neuron], to: states[neuron], step: k, noise: noise(neuron))
        }
        while let earliest = crossings.values.map(\.fraction).min() {
            let firing = crossings.filter { $0.value.fraction == earliest }.keys.sorted()
            deliveries.removeAll(keepingCapacity: true)
            for neuron in firing {
                let crossing = crossings.removeValue(forKey: neuron)!
                if let previous = last[neuron], previous.fraction == crossing.fraction {
                    throw .avalanche(neuron: neuron, time: (Double(k) + crossing.fraction) * step)
                }
                last[neuron] = crossing
                let spike = emit(crossing, neuron: neuron, lane: lane, step: k)
                reset(
                    &states[neuron], neuron: neuron, lane: lane, from: starts[neuron], after: crossing,
                    step: k,
                    noise: noise(neuron))
                send(spike, by: neuron, lane: lane) { deliveries.append(($1, $0)) }
            }
            touched.removeAll(keepingCapacity: true)
            for neuron in firing { touch(neuron) }
            for (target, arrival) in deliveries where deliver(arrival, to: target, lane: lane, step: k) {
                touch(target)
            }
            for neuron in touched {
                isTouched[neuron] = false
                if let previous = last[neuron] {
                    crossings[neuron] = again(neuron, lane: lane, after: previous, now: earliest)
                } else if var found = firstCrossing(
                    neuron, lane: lane, from: starts[neuron], to: states[neuron], step: k,
                    noise: noise(neuron))
                {
                    found.fraction = max(found.fraction, earliest)
                    crossings[neuron] = found
                }
            }
        }
    }

    /// Notes that a neuron has to be looked at once all spikes of an instant are in.
    @inline(__always)
    private func touch(_ neuron: Int) {
        guard !isTouched[neuron] else { return }
        isTouched[neuron] = true
        touched.append(neuron)
    }

    /// A second crossing of a step; at the instant of the first, where jumps lift V over the threshold again.
    private func again(_ neuron: Int, lane: Int, after crossing: GridCrossing, now: Double) -> GridCrossing? {
        let end = states[neuron].voltage[lane]
        guard end >= problem.model(neuron: neuron).threshold else { return nil }
        if letters[neuron].jump[lane] > 0 {
            return GridCrossing(fraction: max(now, crossing.fraction), speed: .infinity, height: end)
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
        if effect.receptor >= 0 { mail.add(effect, to: receptors[neuron], lane: lane) }
        letters[neuron].add(effect, lane: lane)
        return true
    }
}
