/// Decides on expectations, in one look at the evidence or in several as it grows.
///
/// A `fail` is a rejected expectation: at each look Holm's method, at the level that the look may spend.  A `pass` is a
/// rejected violation, at the study's confidence; it needs no correction for the number of checks, since a run passes only if
/// all of them do (an intersection-union test: R. L. Berger, Technometrics 24 (1982), doi:10.1080/00401706.1982.10487790).
///
/// Both error probabilities are spent in proportion to the paths (the spending function with ρ = 1 of K. Kim, D. L. DeMets,
/// Biometrika 74 (1987), doi:10.1093/biomet/74.1.149), and each look is held to its own part of them.  Boole's inequality
/// then bounds the sum whatever the dependence of the looks is, which the usual recursion over independent increments does
/// not: ratios of heavy-tailed means are normal only in the limit.
package struct Judge: Sendable {
    package struct Ruling: Sendable {
        package var verdict = Verdict.inconclusive
        /// The paths at which the verdict fell.
        package var decidedAt: Int?
        /// At the last look.
        package var probability: Double?
        package var adjustedProbability: Double?
    }

    /// What a check has to go by; nil evidence where there is none.
    package typealias Exhibit = (evidence: Evidence?, region: Region)

    package private(set) var rulings: [Ruling]
    package private(set) var budget: ErrorBudget
    private let confidence: Double

    /// - Parameters:
    ///   - falseAlarm: The probability of any false `fail` in the run.
    ///   - studies: Among how many studies it is divided.
    ///   - maximumPaths: All is spent when there are so many.
    package init(checks: Int, falseAlarm: Double, studies: Int = 1, confidence: Double, maximumPaths: Int) {
        rulings = .init(repeating: Ruling(), count: checks)
        budget = ErrorBudget(
            falseAlarm: falseAlarm, studies: studies, checks: checks, looks: [], maximumPaths: maximumPaths)
        self.confidence = confidence
    }

    package var isDecided: Bool { rulings.allSatisfy { $0.verdict != .inconclusive } }

    /// Looks at what there is after more paths than at the last look.
    package mutating func look(paths: Int, _ exhibits: [Exhibit]) {
        let spent = min(1, Double(paths) / Double(budget.maximumPaths))
        let share = spent - (budget.looks.last?.spent ?? 0)
        budget.looks.append(.init(paths: paths, spent: spent))
        let probabilities = exhibits.map { $0.evidence?.probability(ofStayingIn: $0.region) }
        let adjusted = Holm.adjusted(probabilities)
        for (k, exhibit) in exhibits.enumerated() {
            rulings[k].probability = probabilities[k]
            rulings[k].adjustedProbability = adjusted[k].map { min(1, $0 * Double(budget.studies)) }
            guard let evidence = exhibit.evidence else { continue }
            if adjusted[k]! <= falseAlarm(share: share) {
                // Before or after a pass: what fails at any look fails.
                rule(.fail, on: k, paths: paths)
            } else if evidence.probability(ofLeaving: exhibit.region) <= (1 - confidence) / 2 * share {
                rule(.pass, on: k, paths: paths)
            }
        }
    }

    private mutating func rule(_ verdict: Verdict, on k: Int, paths: Int) {
        let isNews = rulings[k].verdict == .inconclusive || (rulings[k].verdict == .pass && verdict == .fail)
        guard isNews else { return }
        rulings[k].verdict = verdict
        rulings[k].decidedAt = paths
    }

    private func falseAlarm(share: Double) -> Double {
        budget.falseAlarm / Double(budget.studies) * share
    }

    /// The power at which a detectable difference is stated.
    package static let power = 0.9

    /// How far outside its tolerance a number has to lie for the last look to prove it with `power`, at the least that
    /// Holm's method grants a check; on the scale of the evidence.
    package func detectable(_ evidence: Evidence) -> Double? {
        guard let last = budget.looks.last, !rulings.isEmpty else { return nil }
        let before = budget.looks.dropLast().last?.spent ?? 0
        let level = falseAlarm(share: last.spent - before) / Double(rulings.count)
        return evidence.detectable(level: level, power: Self.power)
    }
}
