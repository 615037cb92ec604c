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

    struct OpenQuestion {
        var question: String
        /// A command; nil where none would settle it.
        var answer: String?
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
    /// How the false-alarm budget was divided.
    var budget: String?
    var judgements: [Judgement]
    var hasOpenQuestions: Bool
    /// What would settle each inconclusive verdict.
    var openQuestions: [OpenQuestion]
    /// What the lines are: measures, or integrators where those would be too many columns.
    var lineKind: String
    var columnNames: [String]
    var orderLines: [Line]

    /// Nil where the study fitted nothing.
    init?(_ result: StudyResult) {
        guard !result.orders.isEmpty || !result.judged.isEmpty else { return nil }
        confidence = Numbers.shortest(result.header.confidence * 100)
        judgements = result.judged.map(Self.judgement)
        hasJudgements = !judgements.isEmpty
        budget = result.errorBudget?.sentences.joined(separator: " ")
        openQuestions = result.judged.compactMap { check in
            MindChange(check, in: result).map {
                OpenQuestion(
                    question: "\(check.placedTitle), \(check.integrator): \($0.sentence)", answer: $0.command)
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

    private static func judgement(_ check: Check) -> Judgement {
        let law = check.lawText.isEmpty ? "" : " (\(check.lawText))"
        return Judgement(
            judgedMeasure: check.placedTitle, judgedIntegrator: check.integrator,
            judgedOrder: check.valueText, judgedInterval: check.intervalText + law,
            judgedExpectation: check.expectedText, badge: badge(check.verdict), judgedNote: check.remark)
    }

    private static func cell(_ order: Order?) -> Cell {
        guard let order else { return Cell(cellOrder: "", cellDetail: "") }
        guard order.order != nil else { return Cell(cellOrder: "–", cellDetail: order.note) }
        let levels = "\(order.levels) \(order.levels == 1 ? "level" : "levels")"
        let detail = [order.intervalText, levels, order.note].filter { !$0.isEmpty }.joined(separator: ", ")
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
