import SpikingNumerics

/// The variability of every neuron's intervals over the paths of a process.
///
/// Neurons of a population differ in their rates, so each has sums of its own, and a population's coefficient of variation is
/// the mean of its neurons'.  The jackknife gives the standard error, and takes off what few intervals bias the coefficient by.
struct IntervalSums: Sendable {
    /// Group by group, and in a group neuron by neuron.
    private var times: [RecurrenceTimes]

    private var neurons: Int { times.count / Jackknife.groups }

    init(neurons: Int) {
        times = .init(repeating: RecurrenceTimes(), count: Jackknife.groups * neurons)
    }

    mutating func add(path: Int, _ trains: [SpikeTrain]) {
        let first = path % Jackknife.groups * neurons
        for (neuron, train) in trains.enumerated() { times[first + neuron].add(train) }
    }

    mutating func fold(_ later: IntervalSums) {
        for k in times.indices { times[k] = times[k] + later.times[k] }
    }

    /// The mean over neurons of their coefficients of variation; nil where none has two spikes.
    func coefficientOfVariation(_ range: Range<Int>) -> Jackknife.Found? {
        let totals = totals(range)
        return Jackknife.found(used: used(range)) { mean(range, totals, leavingOut: $0) }
    }

    /// The same less that of another process on the same paths.
    func difference(_ range: Range<Int>, from other: IntervalSums) -> Jackknife.Found? {
        let (ours, theirs) = (totals(range), other.totals(range))
        return Jackknife.found(used: used(range)) { group in
            guard let own = mean(range, ours, leavingOut: group),
                let others = other.mean(range, theirs, leavingOut: group)
            else { return nil }
            return own - others
        }
    }

    private func totals(_ range: Range<Int>) -> [RecurrenceTimes] {
        range.map { neuron in
            (0..<Jackknife.groups).reduce(RecurrenceTimes()) { $0 + times[$1 * neurons + neuron] }
        }
    }

    private func used(_ range: Range<Int>) -> [Int] {
        (0..<Jackknife.groups).filter { group in
            range.contains { times[group * neurons + $0].observed > 0 }
        }
    }

    private func mean(_ range: Range<Int>, _ totals: [RecurrenceTimes], leavingOut group: Int?) -> Double? {
        let all = zip(range, totals).compactMap { neuron, total in
            (group.map { total - times[$0 * neurons + neuron] } ?? total).coefficientOfVariation
        }
        return all.isEmpty ? nil : all.reduce(0, +) / Double(all.count)
    }
}

extension IntervalSums: PathSums {
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
