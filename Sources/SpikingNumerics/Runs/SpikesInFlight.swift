/// What is on its way to steps that are too far ahead to have a place of their own yet.
///
/// A spike is kept once, however many targets it has, and as long as it has not reached the last of them.  What is to happen in
/// one step is handed over in the order in which it was sent, so that sums do not depend on how long it was on its way.
struct SpikesInFlight {
    private struct Flight {
        var time: Double
        var neuron: Int
        var lane: Int
        /// How many of its synapses are behind it, the shortest delays first.
        var passed: Int
        /// When it reaches the next, in ms: most flights are looked at and left alone.
        var next: Double
    }

    /// The earliest sent first.
    private var flights: [Flight] = []
    /// Such as belong to no spike of the network.
    private var others: [(arrival: Arrival, target: Int, lane: Int)] = []

    mutating func removeAll() {
        flights.removeAll(keepingCapacity: true)
        others.removeAll(keepingCapacity: true)
    }

    /// How many there are.
    var count: Int { flights.count + others.count }

    /// Keeps what a spike sends that is not due yet, as far as it arrives before the end.
    mutating func add(
        _ spike: Spike, of neuron: Int, in network: Network, lane: Int, end: Double,
        isDue: (_ time: Double) -> Bool
    ) {
        let passed = network.synapses(of: neuron, after: 0) { isDue(spike.time + $0.delay) }
        guard passed < network.outgoing[neuron].count else { return }
        let next = spike.time + network.synapse(passed, ofSpikesBy: neuron).delay
        guard next <= end else { return }
        flights.append(Flight(time: spike.time, neuron: neuron, lane: lane, passed: passed, next: next))
    }

    /// Keeps an arrival that is not due yet.
    mutating func add(_ arrival: Arrival, to target: Int, lane: Int) {
        others.append((arrival, target, lane))
    }

    /// Hands over what has become due.
    ///
    /// - Parameter end: What arrives later than this, in ms, need not be kept.
    mutating func land(
        in network: Network, end: Double, isDue: (_ time: Double) -> Bool,
        _ deliver: (_ arrival: Arrival, _ target: Int, _ lane: Int) -> Void
    ) {
        guard count > 0 else { return }
        var kept = 0
        for k in flights.indices {
            var flight = flights[k]
            guard isDue(flight.next) else {
                if kept < k { flights[kept] = flight }
                kept += 1
                continue
            }
            let spike = Spike(time: flight.time, crossingSpeed: 0)
            let passed = network.synapses(of: flight.neuron, after: flight.passed) {
                isDue(flight.time + $0.delay)
            }
            for synapse in network.inOrderOfTargets(flight.passed..<passed, of: flight.neuron) {
                deliver(synapse.arrival(of: spike), synapse.target, flight.lane)
            }
            flight.passed = passed
            guard passed < network.outgoing[flight.neuron].count else { continue }
            flight.next = flight.time + network.synapse(passed, ofSpikesBy: flight.neuron).delay
            guard flight.next <= end else { continue }
            flights[kept] = flight
            kept += 1
        }
        flights.removeSubrange(kept...)
        for (arrival, target, lane) in others where isDue(arrival.time) { deliver(arrival, target, lane) }
        others.removeAll { isDue($0.arrival.time) }
    }
}

/// Synapses in the order in which a spike reaches their targets.
extension Network {
    /// The place among the outgoing synapses of the one with the k-th delay.
    private func place(_ k: Int, of neuron: Int) -> Int {
        delayOrder[neuron].isEmpty ? k : Int(delayOrder[neuron][k])
    }

    fileprivate func synapse(_ k: Int, ofSpikesBy neuron: Int) -> Synapse {
        outgoing[neuron][place(k, of: neuron)]
    }

    /// How many synapses a spike has reached once those that fulfil a condition, which shorter delays do before longer ones, are
    /// counted on.
    fileprivate func synapses(of neuron: Int, after first: Int, isReached: (Synapse) -> Bool) -> Int {
        var (low, high) = (first, outgoing[neuron].count)
        // Most spikes have none of them ahead.
        if low < high, !isReached(synapse(low, ofSpikesBy: neuron)) { return low }
        while low < high {
            let middle = (low + high) / 2
            if isReached(synapse(middle, ofSpikesBy: neuron)) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    fileprivate func inOrderOfTargets(_ range: Range<Int>, of neuron: Int) -> [Synapse] {
        range.map { place($0, of: neuron) }.sorted().map { outgoing[neuron][$0] }
    }

    /// The order of a neuron's delays; empty where they are in order already.
    static func delayOrder(_ outgoing: [Synapse]) -> [Int32] {
        let isInOrder = zip(outgoing, outgoing.dropFirst()).allSatisfy { $0.delay <= $1.delay }
        guard !isInOrder else { return [] }
        return outgoing.indices.sorted { (outgoing[$0].delay, $0) < (outgoing[$1].delay, $1) }
            .map { Int32($0) }
    }
}
