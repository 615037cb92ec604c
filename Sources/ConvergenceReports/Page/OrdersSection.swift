import ConvergenceStudies

/// The table of orders of convergence.
struct OrdersSection {
    struct Line {
        var orderMeasure: String
        var orderIntegrator: String
        var orderValue: String
        var orderInterval: String
        var orderLevels: Int
        var orderExpected: String
        var badge: Badge?
        var orderNote: String
    }

    struct Badge {
        var badgeClass: String
        var badgeText: String
    }

    var confidence: String
    var orderLines: [Line]
    var hasExpectations: Bool
    var hasOrderNotes: Bool

    /// Nil where the study fitted nothing. Layers are listed where something is expected of them; their other orders
    /// are in the section on layers.
    init?(_ result: StudyResult) {
        let orders = result.orders.filter { $0.case == StudyResult.network || $0.isExpected }
        guard !orders.isEmpty else { return nil }
        confidence = Numbers.shortest(result.header.confidence * 100)
        // Verdicts first: they are what the study was run for.
        orderLines = (orders.filter(\.isExpected) + orders.filter { !$0.isExpected }).map(Self.line)
        hasExpectations = orders.contains(where: \.isExpected)
        hasOrderNotes = orders.contains { !$0.note.isEmpty }
    }

    private static func line(_ order: Order) -> Line {
        let place = order.case == StudyResult.network ? "" : ", \(order.case)"
        return Line(
            orderMeasure: order.quantity.title + place, orderIntegrator: order.integrator,
            orderValue: order.valueText, orderInterval: order.intervalText,
            orderLevels: order.levels, orderExpected: order.expectedText ?? "",
            badge: badge(order.verdict), orderNote: order.note)
    }

    private static func badge(_ verdict: Verdict) -> Badge? {
        switch verdict {
        case .pass: Badge(badgeClass: "pass", badgeText: "✓ pass")
        case .fail: Badge(badgeClass: "fail", badgeText: "✗ fail")
        case .inconclusive: Badge(badgeClass: "inconclusive", badgeText: "? inconclusive")
        case .none: nil
        }
    }
}
