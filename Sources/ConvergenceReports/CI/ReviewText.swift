import ConvergenceStudies

/// Baseline and new run side by side, for whoever decides whether to accept it.
public enum ReviewText {
    /// - Parameter showsAll: Whether to show series that are the same, too.
    public static func text(study: String, _ baseline: BaselineComparison, showsAll: Bool) -> String {
        let names = unique(baseline.comparisons.map(\.name))
        let blocks = names.compactMap { name -> String? in
            let levels = baseline.comparisons.filter { $0.name == name }
            guard showsAll || levels.contains(where: { $0.outcome != .same }) else { return nil }
            return block(name, levels)
        }
        let others =
            baseline.added.map { added($0, baseline.addedLevels) }
            + baseline.removed.map { "\($0): in the baseline, no longer measured\n" }
        let same =
            baseline.comparisons.isEmpty ? "nothing to compare" : "no difference that chance would not make"
        let heading = "\(study): " + (blocks.isEmpty && others.isEmpty ? same : verdict(baseline)) + "\n"
        return (heading + (blocks + others).filter { !$0.isEmpty }.map { "\n" + $0 }.joined())
            .visibleLines.replacing(Numbers.minus, with: "-")
    }

    private static func verdict(_ baseline: BaselineComparison) -> String {
        let outcomes: [SampleComparison.Outcome] = [.worse, .lost, .improved, .changed, .same]
        let counts = outcomes.map { ($0, baseline.count($0)) }.filter { $0.1 > 0 }
        let parts =
            counts.map { "\(ComparisonText.count($0.1, "row")) \($0.0.rawValue)" }
            + (baseline.added.isEmpty ? [] : ["\(baseline.added.count) series new"])
            + (baseline.removed.isEmpty ? [] : ["\(baseline.removed.count) series gone"])
        return parts.joined(separator: ", ")
    }

    /// What would be accepted of a series that is new.
    private static func added(_ name: String, _ levels: [AddedLevel]) -> String {
        var grid = TextGrid(stub: "h (ms)", alignment: .left)
        for level in levels where level.name == name {
            grid.add(
                row: Numbers.step(level.h),
                [
                    .init(column: "new", text: ComparisonText.text(level.estimated, measure: level.measure)),
                    .init(column: "interval", text: ComparisonText.interval(level.estimated)),
                ])
        }
        return "\(name): new, not in the baseline\n\(grid.text)"
    }

    private static func block(_ name: String, _ levels: [SampleComparison]) -> String {
        var grid = TextGrid(stub: "h (ms)", alignment: .left)
        for level in levels {
            grid.add(
                row: Numbers.step(level.h),
                [
                    .init(column: "old", text: "\(level.oldText) \(level.oldInterval)"),
                    .init(column: "new", text: "\(level.newText) \(level.newInterval)"),
                    .init(column: "change", text: level.changeText),
                    .init(column: "verdict", text: level.outcome.rawValue),
                ])
        }
        let relation = levels[0].relation == .identical ? "" : " (\(levels[0].relation.rawValue))"
        return "\(name)\(relation)\n\(grid.text)"
    }
}
