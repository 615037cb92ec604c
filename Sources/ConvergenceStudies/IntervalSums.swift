import SpikingNumerics

/// The variability of every neuron's intervals over the paths of a process.
///
/// Neurons of a population differ in their rates, so each has sums of its own, and a population's coefficient of variation is
/// the mean of its neurons'.  Paths are dealt out to groups by their numbers; leaving out one group after the other gives
/// the standard error, and takes off what few intervals bias the coefficient by (the jackknife; R. G. Miller, Biometrika 61
/// (1974), doi:10.1093/biomet/61.1.1).
struct IntervalSums: Sendable {
    static let groups = 16

    /// Group by group, and in a group neuron by neuron.
    private var times: [RecurrenceTimes]

    private var neurons: Int { times.count / Self.groups }

    init(neurons: Int) {
        times = .init(repeating: RecurrenceTimes(), count: Self.groups * neurons)
    }

    mutating func add(path: Int, _ trains: [SpikeTrain]) {
        let first = path % Self.groups * neurons
        for (neuron, train) in trains.enumerated() { times[first + neuron].add(train) }
    }

    mutating func fold(_ later: IntervalSums) {
        for k in times.indices { times[k] = times[k] + later.times[k] }
    }

    /// The mean over neurons of their coefficients of variation; nil where none has two spikes.
    func coefficientOfVariation(_ range: Range<Int>) -> (value: Double, variance: Double, groups: Int)? {
        let totals = range.map { neuron in
            (0..<Self.groups).reduce(RecurrenceTimes()) { $0 + times[$1 * neurons + neuron] }
        }
        func mean(leavingOut group: Int?) -> Double? {
            let all = zip(range, totals).compactMap { neuron, total in
                (group.map { total - times[$0 * neurons + neuron] } ?? total).coefficientOfVariation
            }
            return all.isEmpty ? nil : all.reduce(0, +) / Double(all.count)
        }
        guard let whole = mean(leavingOut: nil) else { return nil }
        let used = (0..<Self.groups).filter { group in
            range.contains { times[group * neurons + $0].observed > 0 }
        }
        let parts = used.compactMap { mean(leavingOut: $0) }
        guard parts.count == used.count, parts.count > 1 else { return (whole, .infinity, used.count) }
        let count = Double(parts.count)
        let average = parts.reduce(0, +) / count
        let scatter = parts.reduce(0) { $0 + ($1 - average) * ($1 - average) }
        return (
            max(0, count * whole - (count - 1) * average), scatter * (count - 1) / count, parts.count
        )
    }
}

extension IntervalSums: Archived {
    mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("times", &times)
    }
}

extension RecurrenceTimes: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("spikes", &spikes)
        try archive.property("waiting", &waiting)
        try archive.property("answered", &answered)
        try archive.property("observed", &observed)
    }
}
