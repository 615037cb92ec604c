/// All neurons through a cell, event by event, where spikes may act on other neurons within the cell.
///
/// Every neuron that may fire has walked the cell with the arrivals known so far.  The earliest spike not yet sent is sent; those of
/// its targets that may fire now walk the cell again with what it brings.  They find the same path up to then, so no spike sent
/// before is ever wrong.  Spikes of one instant are sent together, and a neuron that several of them reach counts them
/// together: it fires at most once in an instant.
extension ExactEventRun {
    /// - Parameter noise: Of each neuron, in the window's cells.
    @inline(__always)
    func advanceTogether(cell: Int, of windows: [NoiseWindow], noise: [UnsafePointer<Lanes>])
        throws(SimulationError)
    {
        let tick = startTick(of: cell, in: windows[0])
        let grid = windows[0].grid
        let time = grid.time(tick)..<grid.time(tick + TimeGrid.ticks(level: baseLevel))
        glide(cell: cell, from: time.lowerBound, to: time.upperBound, windows[0], noise: noise)
        for lane in 0..<8 {
            defer { cascade.removeAll() }
            for neuron in cascade.takeSuspects(lane: lane) { join(neuron, lane: lane, cell: cell, windows) }
            for neuron in cascade.takeReceivers(lane: lane) {
                take(neuron, lane: lane, time: time, cell: cell, windows)
            }
            while let (instant, places) = cascade.earliest {
                try send(places, at: instant, lane: lane, time: time, cell: cell, windows)
            }
            finish(lane: lane, end: time.upperBound)
        }
    }

    /// Takes the cell as if nothing happened in it, and notes in whom something may.
    @inline(__always)
    private func glide(
        cell: Int, from start: Double, to end: Double, _ window: NoiseWindow, noise: [UnsafePointer<Lanes>]
    ) {
        let functionals = window.content.functionalCount
        var before = LaneState(voltage: .zero, current: .zero)
        for neuron in 0..<neuronCount {
            starts[neuron] = states[neuron]
            var suspects = LaneSet()
            let place = UnsafeRawPointer(noise[neuron] + cell * functionals).assumingMemoryBound(
                to: Double.self)
            // One cell, after which nothing is recorded.
            _ = bounds(neuron: neuron)[baseLevel].advance(
                states + neuron, drive: drives + neuron, noise: place, functionals: functionals, count: 1,
                first: 0,
                stride: 2, before: &before, suspects: &suspects, into: nil)
            if hasRefractoriness { suspects.formUnion(LaneSet(heldUntil[neuron] .> start)) }
            for lane in suspects { cascade.add(suspect: neuron, lane: lane) }
            guard earliestArrivals[neuron] < end else { continue }
            var receiving = LaneSet(nextArrivals[neuron] .< end)
            receiving.subtract(suspects)
            for lane in receiving { cascade.add(receiver: neuron, lane: lane) }
        }
    }

    /// Makes a neuron walk through the cell.
    @discardableResult
    private func join(_ neuron: Int, lane: Int, cell: Int, _ windows: [NoiseWindow]) -> Int {
        let place = cascade.join(
            walk(neuron, lane: lane, from: starts[neuron], cell: cell, window: windows[neuron]),
            neuron: neuron)
        cascade.walkAgain(place) { pass(&$0, cell: cell, of: windows[neuron]) }
        return place
    }

    /// Something has come to a neuron that did not walk.
    private func take(_ neuron: Int, lane: Int, time: Range<Double>, cell: Int, _ windows: [NoiseWindow]) {
        if absorbs(neuron, lane: lane, from: starts[neuron], cell: time) {
            cascade.absorb(neuron)
        } else {
            join(neuron, lane: lane, cell: cell, windows)
        }
    }

    /// - Parameter places: The members that fire.
    private func send(
        _ places: [Int], at instant: Double, lane: Int, time: Range<Double>, cell: Int,
        _ windows: [NoiseWindow]
    ) throws(SimulationError) {
        var touched: [Int] = []
        for place in places {
            let source = cascade.members[place].neuron
            let spike = cascade.send(place)
            for synapse in network.outgoing[source] {
                let arrival = synapse.arrival(of: spike)
                guard arrival.time < time.upperBound else {
                    cascade.keep(arrival, for: synapse.target)
                    continue
                }
                if let member = cascade.member(synapse.target) {
                    try cascade.deliver(arrival, to: member, at: instant)
                    if !touched.contains(member) { touched.append(member) }
                } else {
                    receive(arrival, neuron: synapse.target, lane: lane)
                    // Together with the others of this instant.
                    cascade.absorb(synapse.target)
                    pending.append(synapse.target)
                }
            }
        }
        for member in touched {
            let neuron = cascade.members[member].neuron
            cascade.walkAgain(member) { pass(&$0, cell: cell, of: windows[neuron]) }
        }
        for neuron in pending where cascade.member(neuron) == nil {
            take(neuron, lane: lane, time: time, cell: cell, windows)
        }
        pending.removeAll(keepingCapacity: true)
    }

    private func finish(lane: Int, end: Double) {
        for neuron in cascade.absorbing where cascade.member(neuron) == nil {
            absorb(neuron, lane: lane, before: end)
        }
        for member in cascade.members {
            keep(member.walked, neuron: member.neuron)
            if !member.sent.isEmpty { spikeLists[8 * member.neuron + lane] += member.sent }
        }
        for (arrival, target) in cascade.later { receive(arrival, neuron: target, lane: lane) }
    }
}
