/// All neurons through a cell, event by event, where spikes may act on other neurons within the cell.
///
/// Every neuron that may fire has walked the cell with the arrivals known so far.  The earliest spike not yet sent is sent; those of
/// its targets that may fire now walk the cell again with what it brings.  They find the same path up to then, so no spike sent
/// before is ever wrong.  Spikes of one instant are sent together, and a neuron that several of them reach counts them
/// together: it fires at most once in an instant.
extension ExactEventRun {
    @inline(__always)
    func advanceTogether(cell: Int, of windows: [NoiseWindow]) throws(SimulationError) {
        let tick = startTick(of: cell, in: windows[0])
        let grid = windows[0].grid
        let time = grid.time(tick)..<grid.time(tick + TimeGrid.ticks(level: baseLevel))
        glide(cell: cell, from: time.lowerBound, to: time.upperBound, windows)
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
    private func glide(cell: Int, from start: Double, to end: Double, _ windows: [NoiseWindow]) {
        let functionals = windows[0].content.functionalCount
        let (noise, stride) = noise(of: windows)
        // From one place to the other, so that nothing has to be kept.
        swap(&states, &starts)
        for range in likeNeurons where receptors.count == 0 {
            let first = range.lowerBound
            bounds(neuron: first)[baseLevel].advance(
                neurons: range.count, states + first, from: starts + first, drives: drives + first,
                noise: noise + first * stride + cell * functionals, functionals: functionals, stride: stride,
                suspects: suspects + first)
        }
        if receptors.count > 0 {
            for neuron in 0..<neuronCount {
                states[neuron] = starts[neuron]
                let noise = windows[neuron].cells(level: baseLevel)[cell]
                let found = advance(neuron, bounds(neuron: neuron)[baseLevel], noise: noise)
                suspects[neuron] = UInt8(LaneSet(found).bits)
            }
        }
        for neuron in 0..<neuronCount {
            var found = LaneSet(bits: UInt32(suspects[neuron]))
            if hasRefractoriness { found.formUnion(LaneSet(heldUntil[neuron] .> start)) }
            for lane in found { cascade.add(suspect: neuron, lane: lane) }
            guard earliestArrivals[neuron] < end else { continue }
            var receiving = LaneSet(nextArrivals[neuron] .< end)
            receiving.subtract(found)
            for lane in receiving { cascade.add(receiver: neuron, lane: lane) }
        }
    }

    /// The first neuron's cells, and how far from them the next one's are, in functionals on eight paths.
    private func noise(of windows: [NoiseWindow]) -> (first: UnsafePointer<Lanes>, stride: Int) {
        func cells(_ neuron: Int) -> UnsafePointer<Lanes> {
            windows[neuron].cells(level: baseLevel).lanes(from: 0)
        }
        let stride = neuronCount > 1 ? cells(1) - cells(0) : 0
        precondition(cells(neuronCount - 1) == cells(0) + (neuronCount - 1) * stride, "noise in pieces")
        return (cells(0), stride)
    }

    /// Makes a neuron walk through the cell.
    private func join(_ neuron: Int, lane: Int, cell: Int, _ windows: [NoiseWindow]) {
        for arrival in cascade.takeLetters(to: neuron) { receive(arrival, neuron: neuron, lane: lane) }
        let fresh = walk(neuron, lane: lane, from: starts[neuron], cell: cell, window: windows[neuron])
        var walked = fresh
        pass(&walked, cell: cell, of: windows[neuron])
        cascade.join(neuron, from: fresh, to: walked)
    }

    /// The most by which what is among the neuron's arrivals lifts V before the end of a cell.
    @inline(__always)
    private func lift(on neuron: Int, lane: Int, before end: Double) -> Double {
        earliestArrivals[neuron] < end ? arrivals[8 * neuron + lane].lift(before: end) : 0
    }

    /// Something has come to a neuron that did not walk.
    private func take(_ neuron: Int, lane: Int, time: Range<Double>, cell: Int, _ windows: [NoiseWindow]) {
        let lift = cascade.lift(of: neuron) + lift(on: neuron, lane: lane, before: time.upperBound)
        if absorbs(neuron, lane: lane, from: starts[neuron], start: time.lowerBound, lift: lift) {
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
                    cascade.post(arrival, to: synapse.target, end: time.upperBound)
                    // What does not lift V cannot make a neuron fire; the others are looked at together.
                    if arrival.weight > 0 { pending.append(synapse.target) }
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

    /// All targets of a spike hear of it at the same time, and most of them are of one model.
    @inline(__always)
    private func addLetter(_ letter: Arrival, to neuron: Int, lane: Int, end: Double) {
        let model = model(neuron: neuron)
        if case .receptor(let k) = letter.jump {
            return addLetter(letter, of: k, to: neuron, lane: lane, elapsed: end - letter.time)
        }
        guard letter.jump == .voltage else {
            add(ArrivalEffect(of: letter, before: end, on: model.pointee), to: neuron, lane: lane)
            return
        }
        let elapsed = end - letter.time
        if lastDecay.elapsed != elapsed || lastDecay.model != model {
            lastDecay = (elapsed, model, model.pointee.voltageDecay(elapsed))
        }
        states[neuron].voltage[lane] += letter.weight * lastDecay.decay
    }

    private func addLetter(_ letter: Arrival, of k: UInt8, to neuron: Int, lane: Int, elapsed: Double) {
        let model = model(neuron: neuron)
        let response = lastReceptorResponse(
            after: elapsed, model: problem.modelIndex(neuron: neuron), receptor: k
        ) { model.pointee.receptorResponse(k, after: elapsed) }
        var effect = ArrivalEffect()
        effect.add(response, of: k, weight: letter.weight, model.pointee)
        add(effect, to: neuron, lane: lane)
    }

    private func finish(lane: Int, end: Double) {
        for neuron in cascade.absorbing where cascade.member(neuron) == nil {
            if earliestArrivals[neuron] >= end, let letter = cascade.onlyLetter(to: neuron) {
                addLetter(letter, to: neuron, lane: lane, end: end)
            } else {
                for arrival in cascade.takeLetters(to: neuron) {
                    receive(arrival, neuron: neuron, lane: lane)
                }
                absorb(effect(on: neuron, lane: lane, before: end), neuron, lane: lane)
            }
        }
        for member in cascade.members {
            keep(member.walked, neuron: member.neuron)
            if !member.sent.isEmpty { spikeLists[8 * member.neuron + lane] += member.sent }
        }
        for (arrival, target) in cascade.later { receive(arrival, neuron: target, lane: lane) }
    }
}
