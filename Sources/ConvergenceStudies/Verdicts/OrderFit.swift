import Foundation

/// The observed order of convergence: the slope of log |error| against log h.
///
/// Weighted least squares over the resolved levels; the uncertainty of the slope carries the covariance between levels,
/// which share their paths.  The weights are the levels' own variances: the full inverse covariance would be a little
/// sharper but lets strongly correlated levels extrapolate.  The order is signed: an error that grows as h falls has a
/// negative order.
///
/// Where the slope provably drifts from level to level, the coarsest levels are outside the asymptotic range and are left
/// out one by one, until the rest lie on a line or only two are left.
package struct OrderFit: Sendable {
    package let order: Double
    package let standardError: Double
    /// Degrees of freedom of the standard error.
    package let freedom: Double
    /// A larger order means fewer paths that carry the error of the finest level.
    package let grain: Grain
    /// What no path has shown may make of the order.
    package let unseen: Unseen
    package let low: Double
    package let high: Double
    /// log |error| at h = 1 ms.
    package let intercept: Double
    /// Of the intercept; nil where the levels do not scatter.
    package let interceptError: Double?
    package let levels: Int
    package let note: String
    /// Between all adjacent resolved levels, the coarsest first.
    package let localOrders: [LocalOrder]
    /// Whether no drift of the slope over all resolved levels is proven; nil for fewer than three levels.
    package let isAsymptotic: Bool?

    /// Why there is no order.
    package enum Failure: Error {
        case tooFewLevels
        case changingSign
        case diverging

        var note: String {
            switch self {
            case .tooFewLevels: "fewer than two resolved levels"
            case .diverging: "diverges, and fewer than two resolved levels are left"
            case .changingSign: "the bias changes sign between steps"
            }
        }
    }

    /// A drift is proven where a straight line would look as bent with at most this probability.  So few straight lines
    /// lose a level by mistake that the coverage of intervals hardly suffers.
    package static let driftLevel = 0.01

    /// - Throws: `Failure`.
    package init(steps: [Double], estimates: LevelEstimates, confidence: Double) throws(Failure) {
        let resolved = steps.indices.filter { estimates.levels[$0].isFittable }
        guard resolved.count >= 2 else { throw estimates.isDiverging ? .diverging : .tooFewLevels }
        let values = resolved.map { estimates.levels[$0].estimated!.value }
        guard values.allSatisfy({ $0 > 0 }) || values.allSatisfy({ $0 < 0 }) else { throw .changingSign }

        let coarsestFirst = resolved.sorted { steps[$0] > steps[$1] }
        let (line, used) = Self.asymptoticLine(coarsestFirst, steps, estimates)
        isAsymptotic = resolved.count > 2 ? used.count == resolved.count : nil
        localOrders = zip(coarsestFirst, coarsestFirst.dropFirst()).map { pair in
            Self.localOrder([pair.0, pair.1], steps, estimates, confidence: confidence)
        }
        order = line.slope
        intercept = line.intercept
        levels = used.count
        let reach = log(steps[used[0]] / steps[used.last!])
        grain =
            line.isDeterministic
            ? .none : Grain(above: used.map { estimates.levels[$0].relativeGrain }.max()! / reach)
        if line.isDeterministic {
            standardError = line.slopeErrorFromScatter ?? .infinity
            interceptError = nil
            freedom = Double(max(1, used.count - 2))
            note = "no noise: the interval is from the scatter about the line"
        } else {
            standardError = line.slopeError
            interceptError = line.interceptError
            freedom = estimates.freedom(of: used)
            note = Self.note(ofLeavingOut: resolved.filter { !used.contains($0) }.map { steps[$0] })
        }
        // An error that is larger than it seems makes the slope steeper at coarse steps, and flatter at fine ones.
        let shifts = zip(used, line.slopeCoefficients).map { estimates.levels[$0].relativeUnseen * $1 }
        unseen = Unseen(above: max(0, shifts.max()!), below: max(0, -shifts.min()!))
        let evidence = Evidence.student(
            value: order, standardError: standardError, freedom: freedom, grain: grain, unseen: unseen)
        do { (low, high) = try evidence.interval(confidence: confidence) } catch {
            (low, high) = (-.infinity, .infinity)
        }
    }

    /// - Parameter resolved: The levels that may be fitted, the coarsest first.
    private static func asymptoticLine(
        _ resolved: [Int], _ steps: [Double], _ estimates: LevelEstimates
    ) -> (LogLogLine, used: [Int]) {
        var used = resolved
        var line = line(used, steps, estimates)
        while used.count > 2, line.probabilityOfDrift(freedom: estimates.freedom(of: used)) <= driftLevel {
            used.removeFirst()
            line = self.line(used, steps, estimates)
        }
        return (line, used)
    }

    private static func line(_ used: [Int], _ steps: [Double], _ estimates: LevelEstimates) -> LogLogLine {
        let values = used.map { estimates.levels[$0].estimated!.value }
        let covariance = used.enumerated().map { i, l in
            used.enumerated().map { j, m in estimates.covariance[l][m] / (values[i] * values[j]) }
        }
        return LogLogLine(
            x: used.map { log(steps[$0]) }, y: values.map { log(abs($0)) }, covariance: covariance)
    }

    private static func localOrder(
        _ pair: [Int], _ steps: [Double], _ estimates: LevelEstimates, confidence: Double
    ) -> LocalOrder {
        let line = line(pair, steps, estimates)
        let width =
            line.slopeError
            * Quantiles.standardErrors(confidence: confidence, freedom: estimates.freedom(of: pair))
        return LocalOrder(
            coarser: steps[pair[0]], finer: steps[pair[1]], order: line.slope,
            intervalLow: (line.slope - width).ifFinite, intervalHigh: (line.slope + width).ifFinite)
    }

    private static func note(ofLeavingOut steps: [Double]) -> String {
        guard let finest = steps.min() else { return "" }
        return
            "not yet asymptotic: h \(steps.count > 1 ? "≥" : "=") \(finest) left out, the slope drifts there"
    }
}
