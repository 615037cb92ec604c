/// Colour on a terminal, added to finished text so that it cannot disturb the columns.
enum Ink {
    private static let inks: [(word: String, code: String)] = [
        ("pass", "32"), ("fail", "1;31"), ("inconclusive", "33"),
    ]

    /// Verdicts at the ends of lines and of the whole study in colour, and the numbers of unresolved levels dimmed.
    static func coloured(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let summary = lines.prefix(1).map { coloured(summary: $0) }
        return (summary + lines.dropFirst().map { coloured(line: $0) }).joined(separator: "\n")
    }

    /// The first line: the study, a colon, its verdict and a comma.
    private static func coloured(summary line: Substring) -> String {
        for ink in inks {
            guard let verdict = line.firstRange(of: ": \(ink.word),") else { continue }
            return line[..<verdict.lowerBound] + ": " + painted(ink) + "," + line[verdict.upperBound...]
        }
        return String(line)
    }

    private static func coloured(line: Substring) -> String {
        for ink in inks where line.hasSuffix("  " + ink.word) {
            return line.dropLast(ink.word.count) + painted(ink)
        }
        let unresolved = #/(\S+\?)(?=\s|$)/#
        return String(line).replacing(unresolved) { "\u{1B}[2m\($0.output.1)\u{1B}[0m" }
    }

    private static func painted(_ ink: (word: String, code: String)) -> String {
        "\u{1B}[\(ink.code)m\(ink.word)\u{1B}[0m"
    }
}
