import Foundation

/// The lines of a CSV file, with or without a byte-order mark, and with blank lines or none.
struct CSVLines {
    /// Of the first line.
    var header: [String]
    /// The others, numbered from 1 on with the first.
    var rows: [(number: Int, fields: [String])]

    /// Nil where there is no line.
    init?(_ text: String) {
        // A carriage return and a line feed are one Character.
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        guard let first = lines.first else { return nil }
        header = Self.fields(first.hasPrefix("\u{feff}") ? first.dropFirst() : first)
        rows = lines.enumerated().dropFirst().compactMap { index, line in
            line.allSatisfy(\.isWhitespace) ? nil : (index + 1, Self.fields(line))
        }
    }

    private static func fields(_ line: Substring) -> [String] {
        line.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
    }
}
