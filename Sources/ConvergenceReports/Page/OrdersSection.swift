import ConvergenceStudies

/// The verdicts on what the study expects, and every order of the whole network.
struct OrdersSection {
    struct Judgement {
        var judgedMeasure: String
        var judgedIntegrator: String
        var judgedOrder: String
        var judgedInterval: String
        var judgedExpectation: String
        var badge: Badge?
        var judgedNote: String
    }

    struct Badge {
        var badgeClass: String
        var badgeText: String
    }

    struct Line {
        var lineName: String
        var lineCells: [Cell]
    }

    struct Cell {
        var cellOrder: String
        /// The interval and the number of levels in the fit, or why there is no fit.
        var cellDetail: String
    }

    var confidence: String
    var hasJudgements: Bool
    var hasJudgedNotes: Bool
    var judgements: [Judgement]
    var hasOpenQuestions: Bool
    /// What would settle each inconclusive verdict.
    var openQuestions: [String]
    /// What the lines are: measures, or integrators where those would be too many columns.
    var lineKind: String
    var columnNames: [String]
    var orderLines: [Line]

    /// Nil where the study fitted nothing.
    init?(_ result: StudyResult) {
        guard !result.orders.isEmpty else { return nil }
        confidence = Numbers.shortest(result.header.confidence * 100)
        judgements = result.orders.filter(\.isExpected).map(Self.judgement)
        hasJudgements = !judgements.isEmpty
        openQuestions = result.orders.compactMap { order in
            let place = order.case == StudyResult.network ? "" : ", \(order.case)"
            return MindChange(order, in: result).map {
                "\(order.quantity.title), \(order.integrator)\(place): \($0.sentence)"
            }
        }
        hasOpenQuestions = !openQuestions.isEmpty
        hasJudgedNotes = judgements.contains { !$0.judgedNote.isEmpty }
        let network = result.orders.filter { $0.case == StudyResult.network }
        let integrators = result.integrators
        let quantities = unique(network.map(\.quantity))
        func cell(_ quantity: Quantity, _ integrator: String) -> Cell {
            Self.cell(result.order(quantity, integrator: integrator, case: StudyResult.network))
        }
        if result.hasManyIntegrators {
            lineKind = "integrator"
            columnNames = quantities.map(\.title)
            orderLines = integrators.map { integrator in
                Line(lineName: integrator, lineCells: quantities.map { cell($0, integrator) })
            }
        } else {
            lineKind = "measure"
            columnNames = integrators
            orderLines = quantities.map { quantity in
                Line(lineName: quantity.title, lineCells: integrators.map { cell(quantity, $0) })
            }
        }
    }

    private static func judgement(_ order: Order) -> Judgement {
        let place = order.case == StudyResult.network ? "" : ", \(order.case)"
        return Judgement(
            judgedMeasure: order.quantity.title + place, judgedIntegrator: order.integrator,
            judgedOrder: order.valueText, judgedInterval: order.intervalText,
            judgedExpectation: order.expectedText ?? "", badge: badge(order.verdict), judgedNote: order.note)
    }

    private static func cell(_ order: Order?) -> Cell {
        guard let order else { return Cell(cellOrder: "", cellDetail: "") }
        guard order.order != nil else { return Cell(cellOrder: "–", cellDetail: order.note) }
        let levels = "\(order.levels) \(order.levels == 1 ? "level" : "levels")"
        let detail = [order.intervalText, levels].filter { !$0.isEmpty }.joined(separator: ", ")
        return Cell(cellOrder: order.valueText, cellDetail: detail)
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
