/// What comes to a neuron: kept until its cell, and taken there without a walk where the cell cannot hold a spike.
extension ExactEventRun {
    /// Whether a cell cannot hold a spike, for all that arrives in it.
    ///
    /// - Parameters:
    ///   - before: The state at the beginning of the cell; that at its end without arrivals is among the states.
    ///   - start: Of the cell, ms.
    ///   - lift: The most by which arrivals lift V.
    @inline(__always)
    func absorbs(_ neuron: Int, lane: Int, from before: LaneState, start: Double, lift: Double) -> Bool {
        guard heldUntil[neuron][lane] <= start else { return false }
        let after = states[neuron]
        var (drive, lift) = (drives[neuron][lane], lift)
        if let cells = receptorCells(neuron: neuron) {
            let held = receptorStarts.currents(neuron, lane: lane)
            drive += held.push
            lift += cells[baseLevel].lift(held)
        }
        return bounds(neuron: neuron)[baseLevel].staysBelow(
            from: (before.voltage[lane], before.current[lane]),
            to: (after.voltage[lane], after.current[lane]), drive: drive, lift: lift)
    }

    /// What is among the neuron's arrivals before the end of a cell.
    @inline(__always)
    func effect(on neuron: Int, lane: Int, before end: Double) -> ArrivalEffect {
        guard nextArrivals[neuron][lane] < end else { return ArrivalEffect() }
        return ArrivalEffect(of: arrivals[8 * neuron + lane], before: end, on: model(neuron: neuron).pointee)
    }

    /// Adds it where the cell cannot hold a spike.
    @inline(__always)
    func absorb(_ effect: ArrivalEffect, _ neuron: Int, lane: Int) {
        guard effect.count > 0 else { return }
        add(effect, to: neuron, lane: lane)
        arrivals[8 * neuron + lane].removeLast(effect.count)
        turnToNextArrival(neuron, lane: lane)
    }

    @inline(__always)
    func add(_ effect: ArrivalEffect, to neuron: Int, lane: Int) {
        states[neuron].voltage[lane] += effect.voltage
        // Most synapses of a network are of one kind, and these lie elsewhere in memory.
        if effect.current != 0 { states[neuron].current[lane] += effect.current }
        if effect.drive != 0 { drives[neuron][lane] += effect.drive }
        if receptors.count > 0 { receptors.add(effect.receptors, neuron: neuron, lane: lane) }
    }

    @inline(__always)
    func turnToNextArrival(_ neuron: Int, lane: Int) {
        nextArrivals[neuron][lane] = arrivals[8 * neuron + lane].last?.time ?? .infinity
        earliestArrivals[neuron] = nextArrivals[neuron].min()
    }

    /// Puts an arrival where its time belongs, if that comes.
    func receive(_ arrival: Arrival, neuron: Int, lane: Int) {
        guard arrival.time <= end else { return }
        arrivals[8 * neuron + lane].insertInOrder(arrival)
        nextArrivals[neuron][lane] = min(nextArrivals[neuron][lane], arrival.time)
        earliestArrivals[neuron] = min(earliestArrivals[neuron], arrival.time)
    }
}
