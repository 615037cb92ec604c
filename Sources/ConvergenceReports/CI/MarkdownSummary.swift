import ConvergenceStudies

/// A summary in GitHub's Markdown, for the page of a CI run.
public enum MarkdownSummary {
    /// GitHub refuses summaries of more than a mebibyte; a quarter of it is more than anyone reads.
    public static let sizeLimit = 250_000

    /// - Parameter limit: In bytes of UTF-8; what does not fit is only counted.
    public static func text(of studies: [CheckedStudy], limit: Int = sizeLimit) -> String {
        var document = Document(limit: limit)
        document.add("## spikeverify\n\n" + overview(studies))
        let shown = CheckCase.all(of: studies).filter { $0.kind != .passed || $0.isNotable }
        for (index, check) in shown.enumerated() {
            guard document.add(section(check)) else {
                document.close("\n… and \(shown.count - index) more, in the report of the run.\n")
                break
            }
        }
        return document.text
    }

    private struct Document {
        /// Kept free for the last line.
        private static let reserve = 200
        let limit: Int
        var text = ""

        init(limit: Int) { self.limit = max(0, limit - Self.reserve) }

        @discardableResult
        mutating func add(_ part: String) -> Bool {
            guard text.utf8.count + part.utf8.count <= limit else { return false }
            text += part
            return true
        }

        mutating func close(_ line: String) { text += line }
    }

    private static func overview(_ studies: [CheckedStudy]) -> String {
        let lines = studies.map { study -> String in
            let cases = study.cases
            func count(_ kind: CheckCase.Kind) -> Int { cases.count { $0.kind == kind } }
            return "| \(mark(study)) | \(escape(study.name)) | \(count(.failure)) | \(count(.error)) | "
                + "\(count(.passed)) | \(count(.skipped)) | "
                + "\(study.command.map { "`\(escape($0))`" } ?? "") |\n"
        }
        return
            "| verdict | study | failures | errors | passed | without baseline | the same numbers come from |\n"
            + "|---|---|--:|--:|--:|--:|---|\n" + lines.joined()
    }

    private static func mark(_ study: CheckedStudy) -> String {
        switch study.verdict {
        case .pass: "✅ pass"
        case .fail: "❌ fail"
        case .inconclusive: "❔ inconclusive"
        case .some(.none): "nothing judged"
        case nil: "❗ error"
        }
    }

    private static func section(_ check: CheckCase) -> String {
        let title = "\(CheckText.mark(check)) **\(escape(check.study))**: \(escape(check.headline))"
        guard !check.details.isEmpty else { return "\n\(title)\n" }
        let details = check.details.map { "- \(escape($0))\n" }.joined()
        return "\n\(title)\n\n<details><summary>step by step</summary>\n\n\(details)\n</details>\n"
    }

    /// Text that Markdown shows as it is, also in a table.
    package static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.visibleLines.unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "|", "`", "*", "_", "[", "]", "\\", "#": result += "\\" + String(scalar)
            case "\n": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
