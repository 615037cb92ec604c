/// What jumps do to a neuron by the end of the step in which they happen.
extension GridRun {
    /// Adds what a jump will have done by the end of the step in which it happens.
    ///
    /// - Parameter sent: The step in which it was sent.  A jump on the grid counts to the end of a step, or to the beginning of
    ///   the next one where that comes before this, or has been taken by the neuron already.
    func post(_ arrival: Arrival, to neuron: Int, lane: Int, sent: Int = 0) {
        let (place, elapsed) = locate(arrival, notBefore: max(sent, mail.openStep(neuron)))
        mail.add(effect(of: arrival, on: neuron, after: elapsed), neuron: neuron, lane: lane, step: place)
    }

    /// The step (t_k, t_k+1] in which a jump happens, and how long before its end; a time on the grid, up to rounding,
    /// ends a step.
    func locate(_ arrival: Arrival, notBefore current: Int) -> (step: Int, elapsed: Double) {
        let place = max(current, Int((arrival.time / step - 0x1p-20).rounded(.up)) - 1)
        return (place, min(step, max(0, Double(place + 1) * step - arrival.time)))
    }

    func effect(of arrival: Arrival, on neuron: Int, after elapsed: Double) -> PendingInputs.Effect {
        let kind = kinds[problem.modelIndex(neuron: neuron)]
        let weight = arrival.weight
        switch arrival.jump {
        case .current:
            let response = kind.scheme.synapticResponse(after: elapsed)
            return .init(voltage: weight * response.voltage, current: weight * response.current, drive: 0)
        case .voltage:
            let response = weight * kind.scheme.voltageDecay(after: elapsed)
            return .init(voltage: response, current: 0, drive: 0, jump: response, elapsed: elapsed)
        case .drive:
            let response = kind.scheme.driveResponse(kind.model, after: elapsed)
            return .init(voltage: weight * response, current: 0, drive: weight)
        }
    }
    /// Adds what has come by mail to the end of a step, and holds refractory neurons at their reset.
    func collect(
        _ neuron: Int, _ kind: Kind, step k: Int, from start: LaneState, to end: inout LaneState
    ) {
        end.voltage += kind.driveGain * drives[neuron]
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
