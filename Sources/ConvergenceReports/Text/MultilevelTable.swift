import ConvergenceStudies

/// Multilevel estimates as tables for a terminal: one of all accuracies, one of the levels behind the greatest of them.
enum MultilevelTable {
    /// Empty where there is no estimate.
    static func text(of result: StudyResult) -> String {
        let estimates = result.multilevel ?? []
        return unique(estimates.map(\.integrator)).map { integrator in
            let own = estimates.filter { $0.integrator == integrator }
            let best = own.min { $0.accuracy < $1.accuracy }!
            return
                "multilevel Monte Carlo of \(best.observable), \(integrator) up to \(best.reference); cost in work units\n"
                + accuracies(own) + "\nlevels of the most accurate one\n" + levels(best) + warnings(own)
        }.joined(separator: "\n")
    }

    private static func accuracies(_ estimates: [MultilevelEstimate]) -> String {
        var grid = TextGrid(stub: "accuracy")
        for estimate in estimates {
            let flat = estimate.cost * estimate.standardError * estimate.standardError
            grid.add(
                row: Numbers.shortest(estimate.accuracy),
                [
                    .init(
                        column: "value", text: Uncertainty.text(estimate.value, estimate.standardError).plain),
                    .init(column: "cost", text: number(estimate.cost)),
                    .init(column: "cost ε²", text: number(flat)),
                    .init(
                        column: "\(estimate.reference) alone",
                        text: estimate.plainCost.map { number($0) } ?? "–"),
                    .init(
                        column: "saves",
                        text: estimate.plainCost.map { number($0 / estimate.cost, digits: 2) + "x" } ?? "–"),
                ])
        }
        return grid.text
    }

    private static func levels(_ estimate: MultilevelEstimate) -> String {
        var grid = TextGrid(stub: "level")
        for level in estimate.levels {
            grid.add(
                row: level.h.map { "h=\(Numbers.shortest($0))" } ?? estimate.reference,
                [
                    .init(column: "paths", text: String(level.paths)),
                    .init(
                        column: "mean of difference",
                        text: Uncertainty.text(level.mean, level.standardError).plain),
                    .init(column: "variance", text: number(level.variance)),
                    .init(column: "kurtosis", text: level.kurtosis.map { number($0) } ?? "–"),
                    .init(column: "cost per path", text: number(level.cost)),
                    .init(
                        column: "telescoping", text: level.consistency.map { number($0, digits: 2) } ?? ""),
                ])
        }
        return grid.text
    }

    private static func warnings(_ estimates: [MultilevelEstimate]) -> String {
        estimates.flatMap { estimate in
            estimate.warnings.map { "accuracy \(Numbers.shortest(estimate.accuracy)): \($0)\n" }
        }.joined()
    }

    private static func number(_ value: Double, digits: Int = 3) -> String {
        Numbers.significant(value, digits: digits).plain
    }
}
