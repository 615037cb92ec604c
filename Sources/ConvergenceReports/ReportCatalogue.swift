/// Every report format there is.
public enum ReportCatalogue {
    public static let formats: [any ReportFormat] = [
        HTMLReport(),
        CSVReport(),
        CrossingsReport(),
        JSONReport(),
        TerminalReport(),
    ]

    /// The format that `--format` calls `name`, or nil.
    public static func format(named name: String) -> (any ReportFormat)? {
        formats.first { $0.name == name }
    }
}
