/// The neurons that may do something in one cell on one path, where spikes may act on other neurons within the cell.
///
/// A neuron that may fire walks through the cell, with the arrivals known so far.  One that cannot fire, whatever has arrived so
/// far, absorbs its arrivals at the end of the cell.
struct Cascade<Bound: CellBound> {
    struct Member {
        let neuron: Int
        /// At the beginning of the cell, with all arrivals known so far.
        var fresh: CellWalk<Bound>
        /// At its end.
        var walked: CellWalk<Bound>
        var sent: [Spike] = []
        /// Jumps of V that came in at the instant of the last spike, after it was sent.
        var echo = 0.0

        var next: Spike? { walked.spikes.count > sent.count ? walked.spikes[sent.count] : nil }
    }

    private(set) var members: [Member] = []
    /// Neurons to which something comes and that may be members by now.
    private(set) var absorbing: [Int] = []
    /// What arrives after the cell.
    private(set) var later: [(arrival: Arrival, target: Int)] = []
    /// What comes within the cell, from others that fire in it, to neurons that do not walk, each with the place of the one before to the
    /// same neuron.
    private var letters: [(arrival: Arrival, previous: Int32)] = []
    /// Who must be looked at on each path: those that may cross, and those to which something comes.
    private var suspects: [[Int]]
    private var receivers: [[Int]]

    /// What is known of a neuron in the cell; together, since most of the time goes into finding it in memory.
    private struct Slot {
        /// The place among the members.
        var place: Int32 = -1
        /// The place of the last of its letters.
        var lastLetter: Int32 = -1
        /// The most by which letters lift V.
        var lift = 0.0
        var isAbsorbing = false
    }

    private let slots: UnsafeMutablePointer<Slot>

    init(neurons: Int) {
        slots = .allocate(capacity: neurons)
        slots.initialize(repeating: Slot(), count: neurons)
        suspects = .init(repeating: [], count: 8)
        receivers = .init(repeating: [], count: 8)
    }

    func deallocate() { slots.deallocate() }

    mutating func add(suspect neuron: Int, lane: Int) { suspects[lane].append(neuron) }

    mutating func add(receiver neuron: Int, lane: Int) { receivers[lane].append(neuron) }

    /// Forgets them.
    mutating func takeSuspects(lane: Int) -> [Int] {
        defer { suspects[lane].removeAll(keepingCapacity: true) }
        return suspects[lane]
    }

    mutating func takeReceivers(lane: Int) -> [Int] {
        defer { receivers[lane].removeAll(keepingCapacity: true) }
        return receivers[lane]
    }

    func member(_ neuron: Int) -> Int? {
        let place = slots[neuron].place
        return place < 0 ? nil : Int(place)
    }

    mutating func join(_ neuron: Int, from fresh: CellWalk<Bound>, to walked: consuming CellWalk<Bound>) {
        slots[neuron].place = Int32(members.count)
        members.append(Member(neuron: neuron, fresh: fresh, walked: walked))
    }

    mutating func absorb(_ neuron: Int) {
        guard !slots[neuron].isAbsorbing else { return }
        slots[neuron].isAbsorbing = true
        absorbing.append(neuron)
    }

    /// Keeps what comes to a neuron that does not walk, until the end of the cell.
    @inline(__always)
    mutating func post(_ arrival: Arrival, to neuron: Int, end: Double) {
        absorb(neuron)
        letters.append((arrival, slots[neuron].lastLetter))
        slots[neuron].lastLetter = Int32(letters.count - 1)
        slots[neuron].lift += arrival.lift(within: end - arrival.time)
    }

    /// The most by which letters to a neuron lift V.
    @inline(__always)
    func lift(of neuron: Int) -> Double { slots[neuron].lift }

    /// The only letter to a neuron; nil where there are more or none.
    @inline(__always)
    func onlyLetter(to neuron: Int) -> Arrival? {
        let last = slots[neuron].lastLetter
        guard last >= 0, letters[Int(last)].previous < 0 else { return nil }
        return letters[Int(last)].arrival
    }

    /// In the order in which they were sent; they are forgotten.
    mutating func takeLetters(to neuron: Int) -> [Arrival] {
        var found: [Arrival] = []
        var place = slots[neuron].lastLetter
        while place >= 0 {
            found.append(letters[Int(place)].arrival)
            place = letters[Int(place)].previous
        }
        slots[neuron].lastLetter = -1
        slots[neuron].lift = 0
        return found.reversed()
    }

    mutating func keep(_ arrival: Arrival, for target: Int) { later.append((arrival, target)) }

    /// Takes a member through the cell from its beginning.
    mutating func walkAgain(_ place: Int, _ pass: (inout CellWalk<Bound>) -> Void) {
        var walk = members[place].fresh
        walk.splitCells = members[place].walked.splitCells
        pass(&walk)
        members[place].walked = walk
    }

    /// Spikes of the earliest instant that have not been sent yet, by their members' numbers in ascending order of neurons.
    var earliest: (time: Double, members: [Int])? {
        guard let time = members.lazy.compactMap({ $0.next?.time }).min() else { return nil }
        let places = members.indices.filter { members[$0].next?.time == time }
        return (time, places.count == 1 ? places : places.sorted { members[$0].neuron < members[$1].neuron })
    }

    mutating func send(_ place: Int) -> Spike {
        let spike = members[place].next!
        members[place].sent.append(spike)
        members[place].echo = 0
        return spike
    }

    /// Tells a member of an arrival in the cell.
    ///
    /// - Throws: `SimulationError.avalanche` where spikes come back at the same instant and would make a neuron fire again.
    mutating func deliver(_ arrival: Arrival, to place: Int, at time: Double) throws(SimulationError) {
        members[place].fresh.arrivals.insertInOrder(arrival)
        guard arrival.jump == .voltage, arrival.time == time, members[place].sent.last?.time == time else {
            return
        }
        members[place].echo += arrival.weight
        let model = members[place].fresh.model
        if model.refractoryPeriod == 0, members[place].echo >= model.resetHeight {
            throw .avalanche(neuron: members[place].neuron, time: time)
        }
    }

    /// Forgets everybody.
    mutating func removeAll() {
        for member in members { slots[member.neuron] = Slot() }
        for neuron in absorbing { slots[neuron] = Slot() }
        letters.removeAll(keepingCapacity: true)
        members.removeAll(keepingCapacity: true)
        absorbing.removeAll(keepingCapacity: true)
        later.removeAll(keepingCapacity: true)
    }
}
