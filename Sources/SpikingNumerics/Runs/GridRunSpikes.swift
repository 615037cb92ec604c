/// Where in a step a neuron fires.
struct GridCrossing {
    /// Of the step, in (0, 1].
    var fraction: Double
    /// dV/dt there; infinite at a jump of V.
    var speed: Double
    /// V just before the reset: the threshold, or more after a jump of V.
    var height: Double
}

/// Spikes inside a step, and what is left of V at its end.
extension GridRun {
    /// Locates the crossings of one lane in one step, resets, and tells the targets.
    func fire(
        _ neuron: Int, lane: Int, from start: LaneState, to end: inout LaneState, step k: Int,
        noise: CellNoise
    ) {
        var next = firstCrossing(neuron, lane: lane, from: start, to: end, step: k, noise: noise)
        while let crossing = next {
            let spike = emit(crossing, neuron: neuron, lane: lane, step: k)
            send(spike, by: neuron, lane: lane) { post($0, to: $1, lane: lane, sent: k) }
            reset(&end, neuron: neuron, lane: lane, from: start, after: crossing, step: k, noise: noise)
            next = recrossing(end.voltage[lane], neuron, after: crossing)
        }
    }

    /// The first crossing of a step: of the continuous path, or else by a jump of V inside the step.
    func firstCrossing(
        _ neuron: Int, lane: Int, from start: LaneState, to end: LaneState, step k: Int, noise: CellNoise
    ) -> GridCrossing? {
        let kind = kinds[problem.modelIndex(neuron: neuron)]
        if kind.model.refractoryPeriod > 0, heldUntil[neuron][lane] >= Double(k + 1) * step { return nil }
        let before = (voltage: start.voltage[lane], current: start.current[lane] + pushes[neuron][lane])
        let after = (
            voltage: end.voltage[lane], current: end.current[lane] + (hasPushes ? push(neuron)[lane] : 0)
        )
        let jump = Rule.reset == .goesOnFromSpike ? letters[neuron].jump[lane] : 0
        let unlifted = (after.voltage - jump, after.current)
        if let found = kind.rule.crossing(
            from: before, to: unlifted, noise: noise, lane: lane,
            dice: { self.dice(neuron, lane: lane, step: k) })
        {
            return GridCrossing(fraction: found.fraction, speed: found.speed, height: kind.model.threshold)
        }
        guard jump > 0, after.voltage >= kind.model.threshold else { return nil }
        let elapsed = letters[neuron].elapsed[lane]
        let fraction = 1 - elapsed / step
        let rise = after.voltage - jump - before.voltage
        let height = before.voltage + fraction * rise + jump / kind.scheme.voltageDecay(after: elapsed)
        return GridCrossing(fraction: fraction, speed: .infinity, height: height)
    }

    /// What a step decides by, beside its noise.
    private func dice(_ neuron: Int, lane: Int, step k: Int) -> CellDice {
        let (rootCell, rest) = (k * TimeGrid.ticks(level: level)).quotientAndRemainder(
            dividingBy: TimeGrid.ticksPerRootCell)
        return CellDice(
            .step, noise: source.generator, path: source.firstPath + UInt32(lane), rootCell: rootCell,
            neuron: neuron, cell: 1 << level + rest / TimeGrid.ticks(level: level))
    }

    func emit(_ crossing: GridCrossing, neuron: Int, lane: Int, step k: Int) -> Spike {
        let spike = Spike(time: (Double(k) + crossing.fraction) * step, crossingSpeed: crossing.speed)
        spikeLists[8 * neuron + lane].append(spike)
        return spike
    }

    /// Sets V at the end of a step to what it is after a spike inside.
    func reset(
        _ end: inout LaneState, neuron: Int, lane: Int, from start: LaneState, after crossing: GridCrossing,
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
    func recrossing(_ end: Double, _ neuron: Int, after crossing: GridCrossing) -> GridCrossing? {
        let model = problem.model(neuron: neuron)
        let rest = (1 - crossing.fraction) * step
        guard end >= model.threshold, rest > 0 else { return nil }
        let rise = end - model.reset
        return GridCrossing(
            fraction: crossing.fraction + (1 - crossing.fraction) * (model.resetHeight / rise),
            speed: rise / rest,
            height: model.threshold)
    }
}
