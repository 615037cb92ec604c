/// One tidy table per figure: a line for each point, bin or end of a line.
public struct FigureCSV: FigureFormat {
    public let name = "figure-csv"
    public let summary = "a tidy table for each figure, one line per point"

    public init() {}

    public func files(of plots: [Plot]) -> [FigureFile] {
        plots.map { FigureFile(name: "\($0.identifier).csv", text: Self.text(of: $0)) }
    }

    static let columns = [
        "kind", "series", "x", "x_end", "y", "y_low", "y_high", "resolved", "negative", "h",
    ]

    static func text(of plot: Plot) -> String {
        let lines = plot.curves.flatMap { curve in
            curve.rows.map { row in
                [
                    curve.kind.rawValue, curve.name, number(row.x), number(row.end), number(row.y),
                    number(row.low), number(row.high), String(row.isResolved), String(row.isNegative),
                    number(row.h),
                ]
            }
        }
        return ([columns] + lines).map { $0.map(CSVReport.quoted).joined(separator: ",") + "\n" }.joined()
    }

    /// The shortest text that reads back as the same double; nothing for what is not there.
    private static func number(_ value: Double?) -> String {
        value.flatMap { $0.isFinite ? "\($0)" : nil } ?? ""
    }
}
