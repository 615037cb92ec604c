/// The events of one cell on one path, in order of time, where spikes may act on other neurons within the cell.
///
/// Every neuron that may do something has walked the cell with the arrivals known so far.  The earliest spike not yet
/// sent is sent; its targets walk the cell again with what it brings.  They find the same path up to then, so no spike
/// sent before is ever wrong.  Spikes of one instant are sent together, and a neuron that several of them reach counts
/// them together: it fires at most once in an instant.
struct Cascade<Bound: CellBound> {
    private struct Member {
        /// At the beginning of the cell, with all arrivals known so far.
        var fresh: CellWalk<Bound>
        /// At its end.
        var walked: CellWalk<Bound>
        var sent: [Spike] = []
        /// Jumps of V that came in at the instant of the last spike, after it was sent.
        var echo = 0.0

        var next: Spike? { walked.spikes.count > sent.count ? walked.spikes[sent.count] : nil }
    }

    let network: Network
    /// When the cell ends, ms.
    let end: Double
    /// The walk of a neuron that is at the beginning of the cell.
    let begin: (Int) -> CellWalk<Bound>
    /// Takes a walk through the cell.
    let pass: (inout CellWalk<Bound>) -> Void
    private var members: [Int: Member] = [:]
    /// What arrives after the cell.
    private(set) var later: [(arrival: Arrival, target: Int)] = []

    init(
        network: Network, end: Double, begin: @escaping (Int) -> CellWalk<Bound>,
        pass: @escaping (inout CellWalk<Bound>) -> Void
    ) {
        self.network = network
        self.end = end
        self.begin = begin
        self.pass = pass
    }

    /// How all neurons concerned have ended the cell, in ascending order, and the spikes they sent.
    var outcomes: [(neuron: Int, walk: CellWalk<Bound>, spikes: [Spike])] {
        members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.walked, $0.value.sent) }
    }

    /// Runs until every spike of the cell is sent.
    ///
    /// - Parameter neurons: Those in which something may happen even if nobody else fires.
    /// - Throws: `SimulationError.avalanche` where spikes come back at the same instant and would make a neuron fire again.
    mutating func run(startingWith neurons: [Int]) throws(SimulationError) {
        for neuron in neurons { join(neuron) }
        while let time = members.values.compactMap({ $0.next?.time }).min() {
            var touched: Set<Int> = []
            for neuron in members.keys.filter({ members[$0]!.next?.time == time }).sorted() {
                let spike = members[neuron]!.next!
                members[neuron]!.sent.append(spike)
                members[neuron]!.echo = 0
                for synapse in network.outgoing[neuron] {
                    if try deliver(synapse.arrival(of: spike), to: synapse.target, at: time) {
                        touched.insert(synapse.target)
                    }
                }
            }
            for neuron in touched.sorted() { walkAgain(neuron) }
        }
    }

    private mutating func join(_ neuron: Int) {
        guard members[neuron] == nil else { return }
        let fresh = begin(neuron)
        members[neuron] = Member(fresh: fresh, walked: fresh)
        walkAgain(neuron)
    }

    private mutating func walkAgain(_ neuron: Int) {
        var walk = members[neuron]!.fresh
        walk.splitCells = members[neuron]!.walked.splitCells
        pass(&walk)
        members[neuron]!.walked = walk
    }

    /// - Returns: Whether the arrival falls into the cell.
    private mutating func deliver(_ arrival: Arrival, to target: Int, at time: Double) throws(SimulationError)
        -> Bool
    {
        guard arrival.time < end else {
            later.append((arrival, target))
            return false
        }
        join(target)
        members[target]!.fresh.arrivals.insertInOrder(arrival)
        if arrival.jump == .voltage, arrival.time == time, members[target]!.sent.last?.time == time {
            members[target]!.echo += arrival.weight
            let model = members[target]!.fresh.model
            if model.refractoryPeriod == 0, members[target]!.echo >= model.resetHeight {
                throw .avalanche(neuron: target, time: time)
            }
        }
        return true
    }
}
