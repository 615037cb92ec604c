import ConvergenceStudies

/// `rows.csv`: one line per measured error, with the columns of the result's rows.
///
/// Fields are made visible, and quoted as RFC 4180 says; lines end in a line feed, so that `cut` and `awk` need no care.
public struct CSVReport: ReportFormat {
    public let name = "csv"
    public let fileName: String? = "rows.csv"
    public let summary = "one line per measure, integrator and step, for other programs"

    public init() {}

    public func render(_ result: StudyResult) -> String {
        Self.table([Self.columns] + result.rows.map(fields))
    }

    static func table(_ lines: [[String]]) -> String {
        lines.map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
    }

    static let columns = [
        "study", "case", "integrator", "reference", "measure", "observable", "h", "paths", "value",
        "std_error", "ci_low", "ci_high", "resolved", "effective_sample", "note", "upper_bound", "unit",
    ]

    private func fields(of row: Row) -> [String] {
        [
            row.study, row.case, row.integrator, row.reference, row.measure, row.observable,
            Self.number(row.h), String(row.paths), Self.number(row.value), Self.number(row.standardError),
            Self.number(row.intervalLow), Self.number(row.intervalHigh), String(row.resolved),
            Self.number(row.effectiveSample), row.note, Self.number(row.upperBound), row.quantity.unit,
        ]
    }

    /// The shortest text that reads back as the same double; nothing for what could not be computed.
    static func number(_ value: Double?) -> String {
        value.map { "\($0)" } ?? ""
    }

    package static func quoted(_ field: String) -> String {
        // Scalars, not characters: Swift sees a carriage return and a line feed as one character.
        let field = field.visibleLines
        let needsQuotes = field.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
        return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
    }
}
