import Foundation
import NumericalMethods

/// How likely an estimate is to fall short of, or to exceed, the truth by so much.
///
/// Two things may come together: the paths there are average to too little, as Student's t has it, with a variance that grows
/// with the truth (`Grain`); and a part u of the truth was not seen at all, with probability exp(-u/`unseen`).  What is
/// likeliest of all ways to share out the distance counts.
struct Tail {
    let standardError: Double
    let freedom: Double
    let grain: Double
    let unseen: Double

    /// Parts into which a distance is divided in search of the likeliest; the maximum is flat.
    private static let parts = 64

    /// P(an estimate so far off), accurate far into the tail; 1 or less for a negative distance.
    func probability(_ distance: Double) -> Double {
        if distance == -.infinity { return 1 }
        if distance == .infinity { return 0 }
        guard unseen > 0, distance > 0 else { return seen(distance) }
        return (0...Self.parts).lazy.map { part in
            let hidden = distance * Double(part) / Double(Self.parts)
            let rest = part == Self.parts ? 1 : self.seen(distance - hidden)
            return exp(-hidden / self.unseen) * rest
        }.max()!
    }

    /// The largest distance of at least this probability, below 1/2.
    func reach(_ level: Double) -> Double {
        guard unseen > 0 else { return reachSeen(level) }
        let most = log(1 / level)
        return (0...Self.parts).lazy.map { part in
            let share = (most - M_LN2) * Double(part) / Double(Self.parts)
            return self.reachSeen(level * exp(share)) + self.unseen * share
        }.reduce(unseen * most, max)
    }

    private func seen(_ distance: Double) -> Double {
        // Numbers without scatter are what they are.
        guard standardError > 0 else { return distance >= 0 ? 0 : 1 }
        let error = (standardError * standardError + grain * abs(distance)).squareRoot()
        return StudentDistribution.above(distance / error, freedom: freedom)
    }

    /// Solves distance² = t² (standardError² + grain · distance).
    private func reachSeen(_ level: Double) -> Double {
        guard standardError > 0 else { return 0 }
        guard freedom > 0 else { return .infinity }
        let quantile = StudentDistribution.quantile(above: level, freedom: freedom)
        let half = grain * quantile * quantile / 2
        return half + (half * half + quantile * quantile * standardError * standardError).squareRoot()
    }
}
