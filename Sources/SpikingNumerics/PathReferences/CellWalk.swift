import CLanes

/// One neuron's way, on one path, through cells that may hold spikes, arrivals or the end of a refractory period.
struct CellWalk {
    /// One propagator with its bound per level of the tree; the run's.
    let bounds: UnsafePointer<CrossingBound>
    let model: NeuronModel
    let window: NoiseWindow
    /// Of the root cell in which the walk is.
    let stream: BrownianTree.Stream
    let lane: Int

    var voltage: Double
    var current: Double
    /// What has been added to μ, V-units/ms.
    var drive: Double
    /// End of the refractory period, ms.
    var heldUntil: Double
    /// The latest first, so that the next one is taken from the end.
    var arrivals: [Arrival]
    /// What the walk has found so far.
    var spikes: [Spike] = []
    /// How many cells it had to split.
    var splitCells = 0

    /// Passes a cell; splits it by the tree wherever something may happen inside that matters for V.
    ///
    /// - Parameter noise: The cell's functionals.
    mutating func pass(level: Int, index: Int, startTick: Int, noise: UnsafePointer<Lanes>) {
        let bound = bounds + level
        let startTime = window.grid.time(startTick)
        let endTime = window.grid.time(startTick + TimeGrid.ticks(level: level))
        let end = bound.pointee.propagate(
            voltage: voltage, current: current, drive: drive,
            noise: (voltage: noise[1][lane], current: noise[0][lane]))
        let input = effectOfArrivals(before: endTime)
        if heldUntil >= endTime {
            voltage = model.reset
            finishCell(current: end.current, input)
        } else if heldUntil <= startTime,
            bound.pointee.highest(from: (voltage, current), to: end, drive: drive) + input.highest
                < model.threshold
        {
            voltage = end.voltage + input.voltage
            finishCell(current: end.current, input)
        } else if level == BrownianTree.depth {
            passLeaf(to: end, startTime: startTime, endTime: endTime)
        } else {
            splitCells += 1
            withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 2 * Int(FUNCTIONALS)) { halves in
                let (left, right) = (halves.baseAddress!, halves.baseAddress! + Int(FUNCTIONALS))
                window.tree.split(stream, level: level, index: index, whole: noise, left: left, right: right)
                pass(level: level + 1, index: 2 * index, startTick: startTick, noise: left)
                pass(
                    level: level + 1, index: 2 * index + 1,
                    startTick: startTick + TimeGrid.ticks(level: level + 1), noise: right)
            }
        }
    }

    /// What arrivals will have done by the end of a cell, and the most they can have lifted V before.
    private struct Effect {
        var count = 0
        var voltage = 0.0
        var current = 0.0
        var drive = 0.0
        var highest = 0.0
    }

    @inline(__always)
    private func effectOfArrivals(before end: Double) -> Effect {
        arrivals.isEmpty ? Effect() : effectOfSomeArrivals(before: end)
    }

    private func effectOfSomeArrivals(before end: Double) -> Effect {
        var effect = Effect()
        for arrival in arrivals.reversed() {
            guard arrival.time < end else { break }
            let elapsed = end - arrival.time
            effect.count += 1
            switch arrival.jump {
            case .current:
                effect.voltage += arrival.weight * model.synapticKernel(elapsed)
                effect.current += arrival.weight * model.currentDecay(elapsed)
                // K(u) ≤ u
                effect.highest += max(0, arrival.weight) * elapsed
            case .voltage:
                effect.voltage += arrival.weight * model.voltageDecay(elapsed)
                effect.highest += max(0, arrival.weight)
            case .drive:
                effect.voltage += arrival.weight * model.driveResponse(elapsed)
                effect.drive += arrival.weight
                effect.highest += max(0, arrival.weight) * elapsed
            }
        }
        return effect
    }

    private mutating func finishCell(current end: Double, _ effect: Effect) {
        current = end + effect.current
        drive += effect.drive
        if effect.count > 0 { arrivals.removeLast(effect.count) }
    }

    /// Inside a leaf every piece of the path between events is straight, to far below rounding.
    private mutating func passLeaf(
        to end: (voltage: Double, current: Double), startTime: Double, endTime: Double
    ) {
        var slope = (end.voltage - voltage) / (endTime - startTime)
        let currentSlope = (end.current - current) / (endTime - startTime)
        var time = startTime
        while time < endTime {
            let next = arrivals.last.map { max(time, min($0.time, endTime)) } ?? endTime
            let free = max(time, min(heldUntil, next))
            let height = voltage + slope * (next - free)
            if free < next, max(height, voltage) >= model.threshold {
                let rise = max(0, model.threshold - voltage)
                let crossing = rise > 0 ? min(next, free + rise / slope) : free
                current += currentSlope * (crossing - time)
                fire(
                    at: crossing, from: max(voltage, model.threshold), speed: crossingSpeed(slope: slope),
                    slope: &slope)
                time = crossing
            } else {
                voltage = height
                current += currentSlope * (next - time)
                time = next
                if time < endTime { receive(at: time, slope: &slope) }
            }
        }
    }

    /// All arrivals of one instant together; they may lift V over the threshold at once.
    private mutating func receive(at time: Double, slope: inout Double) {
        while let arrival = arrivals.last, arrival.time <= time {
            arrivals.removeLast()
            switch arrival.jump {
            case .current:
                current += arrival.weight
                slope += arrival.weight
            case .drive:
                drive += arrival.weight
                slope += arrival.weight
            case .voltage where heldUntil <= time:
                voltage += arrival.weight
                slope -= arrival.weight / model.membraneTimeConstant
            case .voltage:
                break
            }
        }
        if voltage >= model.threshold, heldUntil <= time {
            fire(at: time, from: voltage, speed: .infinity, slope: &slope)
        }
    }

    /// dV/dt at the threshold.
    private func crossingSpeed(slope: Double) -> Double {
        let derivative = model.slope(voltage: model.threshold, current: current + drive)
        // At a tangential crossing rounding may leave no derivative, although the path still rose.
        return derivative > 0 ? derivative : max(slope, .leastNormalMagnitude)
    }

    private mutating func fire(at time: Double, from height: Double, speed: Double, slope: inout Double) {
        spikes.append(Spike(time: time, crossingSpeed: speed))
        slope += (height - model.reset) / model.membraneTimeConstant
        voltage = model.reset
        if model.refractoryPeriod > 0 { heldUntil = time + model.refractoryPeriod }
    }
}
