import SpikingNumerics

/// How often spikes of a case's neurons come together, over the paths of a process.
struct SynchronySums: Sendable {
    /// Group by group: Σ over spikes of the fraction of other neurons that fire within `SynchronyBias.lag`, and how many
    /// spikes there are.
    private var company = [Double](repeating: 0, count: Jackknife.groups)
    private var spikes = [Double](repeating: 0, count: Jackknife.groups)
    private var paths = [Int](repeating: 0, count: Jackknife.groups)

    /// - Parameter trains: One per neuron, all in one window.
    mutating func add(path: Int, _ trains: [SpikeTrain]) {
        let group = path % Jackknife.groups
        company[group] += SynchronyBias.accompanied(trains)
        spikes[group] += Double(trains.reduce(0) { $0 + $1.times.count })
        paths[group] += 1
    }

    mutating func fold(_ later: SynchronySums) {
        for group in 0..<Jackknife.groups {
            company[group] += later.company[group]
            spikes[group] += later.spikes[group]
            paths[group] += later.paths[group]
        }
    }

    /// The probability that another neuron fires with a spike; nil without spikes.
    var probability: Jackknife.Found? {
        Jackknife.found(used: used) { probability(leavingOut: $0) }
    }

    /// The same less that of another process on the same paths.
    func difference(from other: SynchronySums) -> Jackknife.Found? {
        Jackknife.found(used: used) { group in
            guard let own = probability(leavingOut: group),
                let others = other.probability(leavingOut: group)
            else { return nil }
            return own - others
        }
    }

    private var used: [Int] { (0..<Jackknife.groups).filter { paths[$0] > 0 } }

    private func probability(leavingOut group: Int?) -> Double? {
        let kept = (0..<Jackknife.groups).filter { $0 != group }
        let all = kept.reduce(0) { $0 + spikes[$1] }
        return all > 0 ? kept.reduce(0) { $0 + company[$1] } / all : nil
    }
}

extension SynchronySums: PathSums {
    mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("company", &company)
        try archive.property("spikes", &spikes)
        try archive.property("paths", &paths)
    }
}
