import ConvergenceStudies

/// Who has the smallest error for a given time.
extension WorkPrecisionFigure {
    /// Times that differ by no more than this factor count as equal: so much they vary from run to run.
    private static let timingNoise = 1.25

    struct Leader {
        var integrator: String
        /// The time per path from which on it leads.
        var seconds: Double
        /// Its smallest error.
        var best: Row
    }

    /// The integrators with the smallest resolved error that a time buys, from the shortest time to the longest.
    ///
    /// Another one takes the lead only where its whole interval lies below the leader's: what may be chance is no
    /// reason to change.  Nor is one named that led for no longer than times vary.
    var leaders: [Leader] {
        let points = curves.flatMap { curve in curve.points.map { (curve.integrator, $0) } }
            .filter { $0.1.level.resolved }.sorted { $0.1.seconds < $1.1.seconds }
        var leaders: [Leader] = []
        for (integrator, point) in points {
            guard var leader = leaders.last else {
                leaders.append(Leader(integrator: integrator, seconds: point.seconds, best: point.level))
                continue
            }
            if integrator == leader.integrator {
                guard point.level.size < leader.best.size else { continue }
                leader.best = point.level
                leaders[leaders.count - 1] = leader
            } else if point.level.bounds.high < leader.best.bounds.low {
                let isBrief = point.seconds <= Self.timingNoise * leader.seconds
                let seconds = isBrief ? leader.seconds : point.seconds
                if isBrief { leaders.removeLast() }
                // The one before may be back after a brief lead of another.
                if leaders.last?.integrator == integrator {
                    leaders[leaders.count - 1].best = point.level
                    continue
                }
                leaders.append(Leader(integrator: integrator, seconds: seconds, best: point.level))
            }
        }
        return leaders
    }

    /// A sentence or two about them.
    package var finding: String {
        let leaders = leaders
        guard let last = leaders.last else {
            return "No level is resolved, so nothing is known of the smallest error per time."
        }
        let unit = quantity.unit.isEmpty ? "" : " \(quantity.unit)"
        let least = Numbers.significant(last.best.size, digits: 2).typeset
        let smallest = "\(least)\(unit) at h = \(Numbers.step(last.best.h)) ms"
        guard leaders.count > 1 else {
            return "\(last.integrator) has the smallest error at any time and reaches \(smallest)."
        }
        let turns = leaders.dropFirst().enumerated().map { index, leader in
            "\(leader.integrator)\(index == 0 ? " takes the lead" : "") at \(Self.text(seconds: leader.seconds))"
        }
        return "\(leaders[0].integrator) has the smallest error at the shortest times; "
            + "\(turns.joined(separator: ", then ")) per path, and reaches \(smallest)."
    }
}

extension Row {
    fileprivate var size: Double { magnitude ?? .infinity }

    /// The interval of the size, or the size alone where there is none.
    fileprivate var bounds: (low: Double, high: Double) { magnitudeInterval ?? (size, size) }
}
