import ConvergenceStudies
import Foundation

/// What would decide an inconclusive verdict.
package struct MindChange {
    /// Larger factors than this are no advice.
    private static let mostFactor = 4096.0

    /// The number of paths that would settle it, a power of two times those there are; nil where no number can be named.
    package let paths: Int?
    package let sentence: String
    /// What to run then; nil where no number can be named.
    package let command: String?

    /// Nil for a verdict that is not open.
    package init?(_ check: Check, in result: StudyResult) {
        guard check.verdict == .inconclusive else { return nil }
        let present = result.header.paths
        let (factor, outcome) = Self.factor(check, in: result)
        guard let factor, factor <= Self.mostFactor else {
            (paths, command) = (nil, nil)
            sentence =
                factor == nil
                ? "No number of paths can be named: too few levels show any error. Coarser steps would show more of it."
                : "The number lies so near the edge of what is expected that thousands of times the paths would be needed; "
                    + "another tolerance would settle it."
            return
        }
        // Four and the rounding of a division are not eight.
        let rounded = pow(2, (log2(max(2, factor)) - 1e-9).rounded(.up))
        let wanted = Int(Double(present) * rounded)
        paths = wanted
        sentence = "About \(Numbers.grouped(wanted)) paths would \(outcome)."
        command =
            "spikeverify run \(result.header.study).yaml --paths \(wanted) --seed \(result.header.seed)"
    }

    /// How many times the paths, and what for.  Half-widths shrink with the root of the number of paths.
    private static func factor(_ check: Check, in result: StudyResult) -> (Double?, String) {
        guard let value = check.value, let low = check.intervalLow, let high = check.intervalHigh else {
            return (resolving(check, in: result), "resolve the two levels that an order needs")
        }
        let (below, above) = (check.expected - check.tolerance, check.expected + check.tolerance)
        let isInside: Bool
        let distance: Double
        switch check.kind {
        case "equals":
            (isInside, distance) = (
                value >= below && value <= above, min(abs(value - below), abs(value - above))
            )
        case "bound" where !check.isOfOrder:
            (isInside, distance) = (abs(value) <= above, abs(abs(value) - above))
        default: (isInside, distance) = (value >= below, abs(value - below))
        }
        let outcome = "let it \(isInside ? "pass" : "fail"), should the number stay what it is"
        guard distance > 0 else { return (.infinity, outcome) }
        return (pow((high - low) / 2 / distance, 2), outcome)
    }

    /// The effective sample grows like the number of paths; the level with the second largest is the one to resolve.
    private static func resolving(_ check: Check, in result: StudyResult) -> Double? {
        let samples = result.rows.filter {
            $0.measure == check.name && $0.observable == check.observable && $0.integrator == check.integrator
                && $0.case == check.case
        }.map(\.effectiveSample).sorted(by: >)
        guard check.isOfOrder, samples.count > 1, samples[1] > 0 else { return nil }
        return max(2, LevelEstimates.leastEffectiveSample / samples[1])
    }
}
