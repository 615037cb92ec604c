/// What jumps do to a neuron by the end of the step in which they happen.
extension GridRun {
    /// Adds what a jump will have done by the end of the step in which it happens.
    ///
    /// - Parameter sent: The step in which it was sent.  A jump on the grid counts to the end of a step, or to the beginning of
    ///   the next one where that comes before this, or has been taken by the neuron already.
    func post(_ arrival: Arrival, to neuron: Int, lane: Int, sent: Int = 0) {
        guard isNear(arrival.time) else {
            if arrival.time <= end { flights.add(arrival, to: neuron, lane: lane) }
            return
        }
        let (place, elapsed) = locate(arrival, notBefore: max(sent, mail.openStep(neuron)))
        mail.add(effect(of: arrival, on: neuron, after: elapsed), neuron: neuron, lane: lane, step: place)
    }

    /// Whether the step that a time falls into has a place already.
    func isNear(_ time: Double) -> Bool { time / step - Self.gridTolerance <= Double(horizon) }

    /// Gives away what a spike sends to steps that have a place; the rest of it stays in flight.
    @inline(__always)
    func send(
        _ spike: Spike, by neuron: Int, lane: Int, _ body: (_ arrival: Arrival, _ target: Int) -> Void
    ) {
        let isAllNear = isNear(spike.time + network.longestDelay)
        if !isAllNear {
            flights.add(spike, of: neuron, in: network, lane: lane, end: end, isDue: isNear)
        }
        for synapse in network.outgoing[neuron] where isAllNear || isNear(spike.time + synapse.delay) {
            body(synapse.arrival(of: spike), synapse.target)
        }
    }

    /// A time is on the grid where it is so near to it, in steps.
    private static var gridTolerance: Double { 0x1p-20 }

    /// The step (t_k, t_k+1] in which a jump happens, and how long before its end; a time on the grid, up to rounding,
    /// ends a step.
    func locate(_ arrival: Arrival, notBefore current: Int) -> (step: Int, elapsed: Double) {
        let place = max(current, Int((arrival.time / step - Self.gridTolerance).rounded(.up)) - 1)
        return (place, min(step, max(0, Double(place + 1) * step - arrival.time)))
    }

    func effect(of arrival: Arrival, on neuron: Int, after elapsed: Double) -> PendingInputs.Effect {
        let index = problem.modelIndex(neuron: neuron)
        let weight = arrival.weight
        // All targets of a spike hear of it at the same time, and most of them are of one model.
        if arrival.jump == .voltage, lastDecay.elapsed == elapsed, lastDecay.model == index {
            let response = weight * lastDecay.decay
            return .init(voltage: response, current: 0, drive: 0, jump: response, elapsed: elapsed)
        }
        let kind = kinds[index]
        switch arrival.jump {
        case .current:
            let response = kind.scheme.synapticResponse(after: elapsed)
            return .init(voltage: weight * response.voltage, current: weight * response.current, drive: 0)
        case .voltage:
            lastDecay = (elapsed, index, kind.scheme.voltageDecay(after: elapsed))
            let response = weight * lastDecay.decay
            return .init(voltage: response, current: 0, drive: 0, jump: response, elapsed: elapsed)
        case .drive:
            let response = kind.scheme.driveResponse(kind.model, after: elapsed)
            return .init(voltage: weight * response, current: 0, drive: weight)
        case .receptor(let k):
            return effect(on: k, of: kind, weight: weight, after: elapsed, model: index)
        }
    }

    private func effect(
        on k: UInt8, of kind: Kind, weight: Double, after elapsed: Double, model: Int
    ) -> PendingInputs.Effect {
        let receptors = kind.model.receptors
        let response = lastReceptorResponse(after: elapsed, model: model, receptor: k) {
            Kind.receptorStep(receptors.rates(Int(k), leak: kind.model.leakRate), after: elapsed)
                .response(rises: receptors.rises(Int(k)))
        }
        let jump = weight * receptors.gains[Int(k)]
        var effect = PendingInputs.Effect(voltage: jump * response.voltage, current: 0, drive: 0)
        effect.receptor = Int(k)
        effect.receptorCurrent = jump * response.current
        effect.receptorRise = jump * response.rise
        return effect
    }

    // MARK: What V feels

    /// What V of a neuron feels now beside I and the model's μ.
    @inline(__always)
    func push(_ neuron: Int) -> Lanes {
        receptors.count > 0 ? drives[neuron] + receptors.push(neuron) : drives[neuron]
    }

    /// A neuron is about to take a step.
    @inline(__always)
    func notePush(_ neuron: Int) {
        if hasPushes { pushes[neuron] = push(neuron) }
    }

    /// The paths on which a neuron may have crossed its threshold in a step.
    @inline(__always)
    func suspects(_ neuron: Int, _ kind: Kind, from start: LaneState, to end: LaneState) -> LaneSet {
        guard hasPushes else { return LaneSet(kind.rule.mayCross(from: start, to: end)) }
        let (from, to) = (
            LaneState(voltage: start.voltage, current: start.current + pushes[neuron]),
            LaneState(voltage: end.voltage, current: end.current + push(neuron))
        )
        return LaneSet(kind.rule.mayCross(from: from, to: to))
    }

    /// Adds what has come by mail to the end of a step, and holds refractory neurons at their reset.
    func collect(
        _ neuron: Int, _ kind: Kind, step k: Int, from start: LaneState, to end: inout LaneState
    ) {
        end.voltage += kind.driveGain * drives[neuron]
        if receptors.count > 0 {
            end.voltage += receptors.advance(neuron, kind.receptorSteps)
            mail.moveReceptors(to: receptors[neuron], of: neuron, step: k)
        }
        let letter = letters + neuron
        mail.move(to: letter, of: neuron, step: k)
        if !letter.pointee.isBlank {
            end.voltage += letter.pointee.voltage
            end.current += letter.pointee.current
            drives[neuron] += letter.pointee.drive
        }
        guard kind.model.refractoryPeriod > 0 else { return }
        let endTime = Double(k + 1) * step
        let held = heldUntil[neuron]
        for lane in LaneSet(held .> endTime - step) {
            let left = max(0, endTime - held[lane]) / step
            end.voltage[lane] = kind.model.reset + left * (end.voltage[lane] - start.voltage[lane])
        }
    }
}
