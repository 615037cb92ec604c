import CGSL

/// What paths say of a number: how likely they would be if its true value were another.
package enum Evidence: Hashable, Sendable {
    /// An estimate with a standard error that is itself known to some degrees of freedom.
    case student(value: Double, standardError: Double, freedom: Double)
    /// So many of independent trials had it.
    case binomial(hits: Int, trials: Int)

    /// The evidence against the true value lying in a region: the greatest probability, over all values in it, of an
    /// estimate at least as far outside; 1 for an estimate inside.
    ///
    /// At the nearer end of a narrow region an estimate can be as far off on the other side, too, which is counted.
    package func probability(ofStayingIn region: Region) -> Double {
        if estimate > region.high {
            return min(1, upperTail(ifTrue: region.high) + upperTail(ifTrue: region.low))
        }
        if estimate < region.low {
            return min(1, lowerTail(ifTrue: region.low) + lowerTail(ifTrue: region.high))
        }
        return 1
    }

    /// The evidence against the true value lying outside a region: the greatest probability, over all values outside, of
    /// an estimate at least as far inside.  It is below (1 - c)/2 where the interval of confidence c lies in the region.
    package func probability(ofLeaving region: Region) -> Double {
        guard estimate >= region.low, estimate <= region.high else { return 1 }
        return max(lowerTail(ifTrue: region.high), upperTail(ifTrue: region.low))
    }

    package var estimate: Double {
        switch self {
        case .student(let value, _, _): value
        case .binomial(let hits, let trials): Double(hits) / Double(trials)
        }
    }

    /// P(an estimate not below this one), were `truth` true.
    private func upperTail(ifTrue truth: Double) -> Double {
        switch self {
        case .student(let value, let error, let freedom):
            Self.tail(value - truth, standardError: error, freedom: freedom)
        case .binomial(let hits, let trials):
            if hits == 0 || truth >= 1 {
                1
            } else if truth <= 0 {
                0
            } else {
                gsl_cdf_beta_P(truth, Double(hits), Double(trials - hits + 1))
            }
        }
    }

    /// P(an estimate not above this one), were `truth` true.
    private func lowerTail(ifTrue truth: Double) -> Double {
        switch self {
        case .student(let value, let error, let freedom):
            Self.tail(truth - value, standardError: error, freedom: freedom)
        case .binomial(let hits, let trials):
            if hits == trials || truth <= 0 {
                1
            } else if truth >= 1 {
                0
            } else {
                gsl_cdf_beta_Q(truth, Double(hits + 1), Double(trials - hits))
            }
        }
    }

    /// P(Student's t ≥ excess/standardError), accurate far into the tail.
    private static func tail(_ excess: Double, standardError: Double, freedom: Double) -> Double {
        if excess == -.infinity { return 1 }
        if excess == .infinity { return 0 }
        // Numbers without scatter are what they are.
        guard standardError > 0 else { return excess > 0 ? 0 : 1 }
        return gsl_cdf_tdist_Q(excess / standardError, freedom)
    }
}
