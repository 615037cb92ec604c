import ConvergenceStudies

/// `scalars.csv`: one line per property of a process, with the columns of the result's scalars.
public struct ScalarsCSVReport: ReportFormat {
    public let name = "scalars-csv"
    public let fileName: String? = "scalars.csv"
    public let summary = "one line per rate, exponent or mean, for other programs"

    public init() {}

    static let columns = [
        "study", "case", "name", "method", "integrator", "h", "value", "std_error", "ci_low", "ci_high",
        "unit", "note",
    ]

    public func render(_ result: StudyResult) -> String {
        CSVReport.table([Self.columns] + result.scalars.map(fields))
    }

    private func fields(of scalar: Scalar) -> [String] {
        [scalar.study, scalar.case, scalar.name, scalar.method, scalar.integrator]
            + [scalar.h, scalar.value, scalar.standardError, scalar.intervalLow, scalar.intervalHigh].map(
                CSVReport.number)
            + [scalar.unit, scalar.note ?? ""]
    }
}
