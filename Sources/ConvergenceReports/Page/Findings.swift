import ConvergenceStudies

/// What a study found, in sentences computed from its numbers.
package struct Findings {
    /// Sentences about single expectations before the rest is only counted.
    private static let sentencesAtMost = 4

    let result: StudyResult

    package init(result: StudyResult) {
        self.result = result
    }

    /// The report's first paragraph: what was done, what was expected, what came out.
    package var summary: String {
        [setting, ladders, verdicts ?? principalOrders, comparison, unresolved].compactMap { $0 }.joined(
            separator: " ")
    }

    private var ladders: String? {
        let failed = result.failedRungs
        return failed.isEmpty
            ? nil : failed.prefix(Self.sentencesAtMost).map(LadderText.sentence).joined(separator: ". ") + "."
    }

    private var setting: String {
        let steps = result.steps
        let range: String
        switch steps.count {
        case 0: range = ""
        case 1: range = " at h = \(Numbers.step(steps[0])) ms"
        default:
            range =
                " at \(steps.count) steps from \(Numbers.step(steps[0])) to \(Numbers.step(steps[steps.count - 1])) ms"
        }
        let count = result.integrators.count
        let reference = result.rows.first.map { ", against \($0.reference) on the same noise" } ?? ""
        let were = "\(count) \(count == 1 ? "integrator was" : "integrators were")"
        guard result.header.paths > 0 else {
            let against = result.rows.first.map { ", against \($0.reference)" } ?? ""
            return "\(were) studied without sampling\(range)\(against)."
        }
        return "\(were) run on \(Numbers.grouped(result.header.paths)) paths\(range)\(reference)."
    }

    /// How many expectations fail, are open and pass: `of 4 expectations 1 fails, 3 pass`, or `its expectation passes`; nil
    /// where there are none.
    var tally: String? {
        let judged = result.judged
        guard !judged.isEmpty else { return nil }
        let passed = judged.filter { $0.verdict == .pass }.count
        let failed = judged.filter { $0.verdict == .fail }.count
        let open = judged.count - passed - failed
        let counts = [
            (failed, failed == 1 ? "fails" : "fail"),
            (open, open == 1 ? "is inconclusive" : "are inconclusive"),
            (passed, passed == 1 ? "passes" : "pass"),
        ].filter { $0.0 > 0 }
        if judged.count == 1 { return "its expectation \(counts[0].1)" }
        return "of \(judged.count) expectations "
            + counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    /// Which solvers fail on the ladder, and where; nil where none does.
    var ladderTally: String? {
        let failed = result.failedRungs
        guard let first = failed.first else { return nil }
        let more = failed.count > 1 ? " and \(failed.count - 1) more" : ""
        return "\(first.solver) fails on the ladder's rung \"\(first.finding.rung)\"\(more)"
    }

    /// Failures first, then what could not be decided, then what came out as expected.
    private var verdicts: String? {
        guard let tally else { return nil }
        let judged = result.judged
        let sorted = [Verdict.fail, .inconclusive, .pass, .none].flatMap { verdict in
            judged.filter { $0.verdict == verdict }
        }
        let shown = sorted.prefix(Self.sentencesAtMost).map(sentence)
        let left = sorted.count - shown.count
        let rest = left > 0 ? "; \(left) more \(left == 1 ? "is" : "are") in the table" : ""
        return tally.prefix(1).uppercased() + tally.dropFirst() + ": " + shown.joined(separator: "; ") + rest
            + "."
    }

    private var principalOrders: String? {
        let orders = result.orders.filter { $0.case == StudyResult.network && $0.order != nil }
        guard let measure = orders.first?.quantity else { return nil }
        return orders.filter { $0.quantity == measure }.prefix(Self.sentencesAtMost).map(sentence)
            .joined(separator: "; ") + "."
    }

    package func sentence(_ order: Order) -> String {
        let place = order.case == StudyResult.network ? "" : " in \(order.case)"
        return Self.sentence(
            "\(order.quantity.title) of \(order.integrator)\(place)", slope: order.order, order.orderText)
    }

    package func sentence(_ check: Check) -> String {
        let place = check.case == StudyResult.network ? "" : " in \(check.case)"
        let subject = "\(check.title) of \(check.integrator)\(place)"
        let finding =
            check.isOfOrder
            ? Self.sentence(subject, slope: check.value, check.foundText) : "\(subject) is \(check.foundText)"
        return check.verdict == .pass
            ? "\(finding), as expected"
            : "\(finding), expected \(check.expectedText): \(check.verdict.rawValue)"
    }

    private static func sentence(_ subject: String, slope: Double?, _ text: String) -> String {
        guard let slope else { return "\(subject) has no observed order" }
        return "\(subject) \(slope < 0 ? "grows as h falls, with order" : "falls with order") \(text)"
    }

    /// The best integrator at the finest step, by the first measure every integrator resolves there.
    private var comparison: String? {
        guard let h = result.steps.last, result.integrators.count > 1 else { return nil }
        for quantity in result.quantities(case: StudyResult.network) where !quantity.meaning.isSigned {
            let levels = result.integrators.compactMap { integrator in
                result.levels(quantity, integrator: integrator, case: StudyResult.network)
                    .first { $0.h == h && $0.resolved && $0.magnitude != nil }
            }.sorted { $0.magnitude! < $1.magnitude! }
            guard levels.count == result.integrators.count, let best = levels.first, let worst = levels.last,
                let least = best.rounded?.typeset, let most = worst.rounded?.typeset
            else { continue }
            let unit = quantity.unit.isEmpty ? "" : " \(quantity.unit)"
            return "At h = \(Numbers.step(h)) ms \(quantity.title) is smallest for \(best.integrator), "
                + "\(least)\(unit), and largest for \(worst.integrator), \(most)\(unit)."
        }
        return nil
    }

    private var unresolved: String? {
        let open = result.rows.filter { !$0.resolved }
        guard !open.isEmpty else { return nil }
        let rounding = open.filter(\.isRounding).count
        let more =
            rounding == open.count
            ? "all of them zero up to rounding"
            : "more paths would settle \(rounding == 0 ? "them" : "all but \(rounding) that are zero up to rounding")"
        return
            "\(open.count) of \(result.rows.count) levels \(open.count == 1 ? "is" : "are") unresolved and left "
            + "out of every fit; \(more)."
    }
}
