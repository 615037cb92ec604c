import Foundation

/// How often a whole family of tests may fail by chance, and what that leaves for each of them.
///
/// The shares add up (Bonferroni), whatever the tests have to do with each other.
public struct FalseAlarmBudget: Equatable, Sendable {
    /// Probability of at least one false alarm.
    public var probability: Double

    /// Once in a million runs of `check`, over all its comparisons.
    public static let check = FalseAlarmBudget(probability: 1e-6)

    public init(probability: Double) {
        self.probability = probability
    }

    /// What each of `count` equal parts may spend.
    public func share(of count: Int) -> FalseAlarmBudget {
        FalseAlarmBudget(probability: probability / Double(max(1, count)))
    }

    /// The t with P(|S| ≥ t √Σd²) ≤ `probability` for a sum S of independent symmetric differences d.
    ///
    /// Given their sizes the signs are fair coins, so Hoeffding's inequality bounds the tail by 2 exp(-t²/2), however
    /// heavy the tails of d are and however few paths carry them.  A normal quantile would be 7 % smaller at 10⁻⁹, and
    /// wrong for heavy tails.
    ///
    /// Sources: B. Efron, J. Am. Stat. Assoc. 64 (1969) 1278, doi:10.1080/01621459.1969.10501056;
    /// W. Hoeffding, J. Am. Stat. Assoc. 58 (1963) 13, doi:10.1080/01621459.1963.10500830.
    public var symmetricQuantile: Double { (2 * log(2 / probability)).squareRoot() }
}
