/// What arrivals will have done to a neuron by the end of a cell, and the most they can have lifted V before.
struct ArrivalEffect {
    var count = 0
    var voltage = 0.0
    var current = 0.0
    var drive = 0.0
    var highest = 0.0
    var receptors = ReceptorCurrents()

    init() {}

    /// - Parameters:
    ///   - arrivals: The latest first.
    ///   - end: Of the cell, ms.
    init(of arrivals: [Arrival], before end: Double, on model: NeuronModel) {
        for arrival in arrivals.reversed() {
            guard arrival.time < end else { break }
            add(arrival, end - arrival.time, model)
        }
    }

    /// Of a single one that comes before the end.
    @inline(__always)
    init(of arrival: Arrival, before end: Double, on model: NeuronModel) {
        add(arrival, end - arrival.time, model)
    }

    @inline(__always)
    private mutating func add(_ arrival: Arrival, _ elapsed: Double, _ model: NeuronModel) {
        count += 1
        highest += arrival.lift(within: elapsed)
        switch arrival.jump {
        case .current:
            voltage += arrival.weight * model.synapticKernel(elapsed)
            current += arrival.weight * model.currentDecay(elapsed)
        case .voltage:
            voltage += arrival.weight * model.voltageDecay(elapsed)
        case .drive:
            voltage += arrival.weight * model.driveResponse(elapsed)
            drive += arrival.weight
        case .receptor(let k):
            add(model.receptorResponse(k, after: elapsed), of: k, weight: arrival.weight, model)
        }
    }

    /// - Parameter response: Of the receptor, from the arrival to the end of the cell.
    mutating func add(_ response: ReceptorResponse, of k: UInt8, weight: Double, _ model: NeuronModel) {
        let jump = weight * model.receptors.gains[Int(k)]
        voltage += jump * response.voltage
        receptors.currents[Int(k)] += jump * response.current
        receptors.rises[Int(k)] += jump * response.rise
    }
}

extension Arrival {
    /// The most by which it lifts V within so many ms.
    @inline(__always)
    func lift(within elapsed: Double) -> Double {
        // The kernel of a jump of I, of μ or of a receptor, whose current is no higher than 1, is below the time.
        jump == .voltage ? max(0, weight) : max(0, weight) * elapsed
    }
}

extension [Arrival] {
    /// The most by which those before the end of a cell lift V in it.
    func lift(before end: Double) -> Double {
        var sum = 0.0
        for arrival in reversed() {
            guard arrival.time < end else { break }
            sum += arrival.lift(within: end - arrival.time)
        }
        return sum
    }

    /// Inserts into an array that has the latest first.
    mutating func insertInOrder(_ arrival: Arrival) {
        var place = count
        while place > 0, self[place - 1].time < arrival.time { place -= 1 }
        insert(arrival, at: place)
    }
}
