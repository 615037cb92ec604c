/// Colour on a terminal, added to finished text so that it cannot disturb the columns.
enum Ink {
    private static let inks: [(word: String, code: String)] = [
        ("pass", "32"), ("fail", "1;31"), ("inconclusive", "33"),
    ]

    /// Verdicts at the ends of lines in colour, and the numbers of unresolved levels dimmed.
    static func coloured(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { coloured(line: $0) }.joined(separator: "\n")
    }

    private static func coloured(line: Substring) -> String {
        for ink in inks where line.hasSuffix("  " + ink.word) {
            return line.dropLast(ink.word.count) + "\u{1B}[\(ink.code)m\(ink.word)\u{1B}[0m"
        }
        let unresolved = #/(\S+\?)(?=\s|$)/#
        return String(line).replacing(unresolved) { "\u{1B}[2m\($0.output.1)\u{1B}[0m" }
    }
}
