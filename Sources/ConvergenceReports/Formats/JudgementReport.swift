import ConvergenceStudies
import Foundation

/// What tables of errors amount to, for a terminal and for scripts.
public struct JudgementReport: Sendable {
    public let judgements: [TableJudgement]
    public let expected: TableJudgement.Expected?

    public init(_ judgements: [TableJudgement], expected: TableJudgement.Expected?) {
        (self.judgements, self.expected) = (judgements, expected)
    }

    /// One object, or a list of them where the table has several integrators or measures.
    ///
    /// - Throws: `EncodingError`.
    public func json() throws -> String {
        try judgements.count == 1 ? JSONText.of(judgements[0]) : JSONText.of(judgements)
    }

    public var text: String { judgements.map(text).joined(separator: "\n") }

    private func text(_ found: TableJudgement) -> String {
        let title = [found.integrator, found.measure].filter { !$0.isEmpty }.joined(separator: ", ")
        var grid = TextGrid(stub: "h")
        for (k, level) in found.levels.enumerated() {
            let local = k > 0 ? found.localOrders.first { $0.finer == level.h } : nil
            grid.add(
                row: Numbers.step(level.h),
                [
                    .init(
                        column: "error",
                        text: level.value.map { Uncertainty.text($0, level.standardError).plain } ?? "–"),
                    .init(column: "interval", text: interval(level)),
                    .init(
                        column: "local order",
                        text: local.map { order($0.order, $0.intervalLow, $0.intervalHigh) } ?? ""),
                    .init(column: "paths", text: "\(level.paths)"),
                    .init(column: "", text: level.resolved ? "" : "? " + level.note),
                ])
        }
        var lines = [title.visible, grid.text.trimmingCharacters(in: .newlines)]
        if let value = found.order {
            lines.append("order \(order(value, found.low, found.high))" + asymptotic(found))
        } else {
            lines.append("no order: \(found.note)")
        }
        if let expected, found.verdict != .none {
            lines.append(
                "\(found.verdict.rawValue): expected \(Numbers.shortest(expected.order)) ± \(Numbers.shortest(expected.tolerance))"
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func asymptotic(_ found: TableJudgement) -> String {
        switch found.asymptotic {
        case true?: ""
        case false?: "; " + found.note
        case nil: "; two levels cannot tell whether it drifts"
        }
    }

    private func interval(_ level: TableJudgement.Level) -> String {
        if let low = level.low, let high = level.high {
            return "[\(Numbers.shortest(rounded(low))), \(Numbers.shortest(rounded(high)))]"
        }
        return level.upperBound.map { "≤ \(Numbers.shortest(rounded($0)))" } ?? "–"
    }

    private func order(_ value: Double, _ low: Double?, _ high: Double?) -> String {
        func text(_ x: Double) -> String { Numbers.fixed(x, decimals: 2) }
        guard let low, let high else { return text(value) }
        return "\(text(value)) [\(text(low)), \(text(high))]"
    }

    /// To three digits.
    private func rounded(_ x: Double) -> Double {
        Double(String(format: "%.3g", x)) ?? x
    }
}
