import ConvergenceStudies

/// `orders.csv`: one line per observed order, with the columns of the result's orders.
public struct OrdersCSVReport: ReportFormat {
    public let name = "orders-csv"
    public let fileName: String? = "orders.csv"
    public let summary = "one line per order of convergence, for other programs"

    public init() {}

    static let columns = [
        "study", "case", "integrator", "reference", "measure", "observable", "order", "ci_low", "ci_high",
        "levels",
        "expected", "tolerance", "kind", "verdict", "intercept", "asymptotic", "note",
    ]

    public func render(_ result: StudyResult) -> String {
        CSVReport.table([Self.columns] + result.orders.map(fields))
    }

    private func fields(of order: Order) -> [String] {
        [order.study, order.case, order.integrator, order.reference, order.measure, order.observable]
            + [order.order, order.intervalLow, order.intervalHigh].map(CSVReport.number)
            + [String(order.levels), CSVReport.number(order.expected), CSVReport.number(order.tolerance)]
            + [order.kind ?? "", order.verdict.rawValue, CSVReport.number(order.intercept)]
            + [order.isAsymptotic.map { "\($0)" } ?? "", order.note]
    }
}
