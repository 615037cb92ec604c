import SpikingNumerics

/// Firing rates without one group of paths after the other: what a quantity over a whole sweep is jackknifed with.
///
/// Kept by the points of sweeps, whose common random paths make a group the same at every point, and for audits.
struct GroupedRates: PathProbe {
    private let cases: [Range<Int>]
    private let participants: Int
    private let duration: Double

    init?(_ plan: StudyPlan) {
        guard plan.study.keepsGroups else { return nil }
        cases = plan.cases.map(\.neurons)
        participants = plan.tested.count + 1
        duration = plan.study.problem.duration
    }

    struct Sums: PathSums {
        /// Spikes, for each participant, case and group.
        var spikes: [Int]
        /// Of each group.
        var paths: [Int]

        mutating func fold(_ later: Sums) {
            for k in spikes.indices { spikes[k] += later.spikes[k] }
            for k in paths.indices { paths[k] += later.paths[k] }
        }

        mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
            try archive.property("spikes", &spikes)
            try archive.property("paths", &paths)
        }
    }

    var blank: Sums {
        Sums(
            spikes: .init(repeating: 0, count: participants * cases.count * Jackknife.groups),
            paths: .init(repeating: 0, count: Jackknife.groups))
    }

    func add(_ path: SampledPath, to sums: inout Sums) {
        let group = path.number % Jackknife.groups
        sums.paths[group] += 1
        for participant in path.participants {
            for (c, neurons) in cases.enumerated() {
                let count = neurons.reduce(0) { $0 + path.spikes(of: participant, neuron: $1).count }
                sums.spikes[(participant * cases.count + c) * Jackknife.groups + group] += count
            }
        }
    }

    func valuesLeavingOut(_ sums: Sums, participant: Int, case c: Int) -> [String: [Double]] {
        let first = (participant * cases.count + c) * Jackknife.groups
        let spikes = sums.spikes[first..<first + Jackknife.groups]
        let (total, paths) = (spikes.reduce(0, +), sums.paths.reduce(0, +))
        let used = sums.paths.indices.filter { sums.paths[$0] > 0 }
        guard used.count > 1 else { return [:] }
        let unit = Double(cases[c].count) * duration
        return [
            ProcessMeans.firingRate.name: used.map {
                Double(total - spikes[first + $0]) / (unit * Double(paths - sums.paths[$0]))
            }
        ]
    }
}

extension Study {
    /// Whether results tell what leaving out groups of paths makes of their scalars.
    var keepsGroups: Bool { point != nil || !published.isEmpty }
}
