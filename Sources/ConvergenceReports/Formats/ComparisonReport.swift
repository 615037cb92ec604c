import ConvergenceStudies
import Foundation

/// What a comparison of spike trains has found, for a terminal and for scripts.
public struct ComparisonReport: Sendable {
    public let comparison: TrainComparison

    public init(_ comparison: TrainComparison) { self.comparison = comparison }

    public var differs: Bool { comparison.entries.contains { $0.verdict == .different } }

    /// - Throws: `EncodingError`.
    public func json() throws -> String {
        try JSONText.of(comparison.entries)
    }

    public var text: String {
        var pairs: [(a: String, b: String)] = []
        for entry in comparison.entries where !pairs.contains(where: { $0 == (entry.a, entry.b) }) {
            pairs.append((entry.a, entry.b))
        }
        let tables = pairs.map { a, b in
            var grid = TextGrid(stub: "statistic")
            for entry in comparison.entries where entry.a == a && entry.b == b {
                grid.add(
                    row: entry.unit.isEmpty ? entry.statistic : "\(entry.statistic) (\(entry.unit))",
                    [
                        .init(column: "A", text: number(entry.valueA)),
                        .init(column: "B", text: number(entry.valueB)),
                        .init(column: "B - A", text: number(entry.difference)),
                        .init(column: "interval", text: "[\(number(entry.low)), \(number(entry.high))]"),
                        .init(column: "detectable", text: number(entry.detectable)),
                        .init(column: "", text: entry.verdict.rawValue),
                    ])
            }
            return "A \(a.visible)\nB \(b.visible)\n\(grid.text)"
        }
        let note =
            comparison.blocks.map { "of single trials, cut into \($0) pieces as if these were independent\n" }
            ?? ""
        return tables.joined(separator: "\n") + note
    }

    private func number(_ value: Double?) -> String {
        value.map { Numbers.significant($0, digits: 3).plain } ?? "–"
    }
}
