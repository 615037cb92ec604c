import ConvergenceStudies

/// What the ladder of conformance found, for a terminal.
public enum LadderText {
    /// No line is longer.
    public static let width = 110

    /// The rung, its grade and what was found; below it what is probably behind.
    public static func lines(of finding: ConformanceLadder.Finding) -> String {
        let names = ConformanceLadder.rungNames.map(\.count).max()! + 2
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(0, width - text.count))
        }
        let grade = finding.grade == .fail ? "FAIL" : finding.grade.rawValue
        let margin = padded("", names + 9)
        var lines = wrapped(
            finding.text.visible, after: padded(finding.rung, names) + padded(grade, 9), margin)
        if !finding.diagnosis.isEmpty {
            let label = finding.grade == .fail ? "probably: " : "meaning: "
            lines += wrapped(finding.diagnosis.visible, after: margin + label, margin)
        }
        return lines.joined(separator: "\n")
    }

    /// How many rungs passed and failed.
    public static func summary(of findings: [ConformanceLadder.Finding]) -> String {
        let grades: [(ConformanceLadder.Grade, String)] = [
            (.pass, "passed"), (.note, "with a note"), (.fail, "failed"), (.skipped, "skipped"),
        ]
        let counts = grades.compactMap { grade, word in
            let count = findings.count { $0.grade == grade }
            return count > 0 ? "\(count) \(word)" : nil
        }
        return "\(findings.count) rungs: " + counts.joined(separator: ", ")
    }

    /// A failed rung in one sentence.
    static func sentence(_ failed: (solver: String, finding: ConformanceLadder.Finding)) -> String {
        let (solver, finding) = failed
        return
            "\(solver) fails on the ladder's rung \"\(finding.rung)\": \(finding.text); probably: \(finding.diagnosis)"
    }

    /// Words that are longer than a line stand in one of their own.
    private static func wrapped(_ text: String, after head: String, _ margin: String) -> [String] {
        var lines = [head]
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, lines[lines.count - 1].count + 1 + word.count > width {
                lines.append(margin)
                isEmpty = true
            }
            lines[lines.count - 1] += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines
    }
}
