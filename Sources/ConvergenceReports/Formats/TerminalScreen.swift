import ConvergenceStudies

/// What fits on one screen: the verdicts, one measure with its orders, and what to do next.
struct TerminalScreen {
    /// Lines of verdicts, of the table and of advice: together with the heading a screen.
    private static let (mostVerdicts, mostLines, mostAdvice) = (8, 24, 3)

    let result: StudyResult

    var sections: [String] { [verdicts, table, remarks, next] }

    // MARK: Verdicts

    /// What did not pass comes first.
    private var verdicts: String {
        let sorted = [Verdict.fail, .inconclusive, .pass, .none].flatMap { verdict in
            result.judged.filter { $0.verdict == verdict }
        }
        guard !sorted.isEmpty else { return "" }
        var grid = TextGrid(stub: "expectation", alignment: .left)
        for check in sorted.prefix(Self.mostVerdicts) {
            grid.add(row: check.placedTitle, check.terminalCells)
        }
        let left = sorted.count - Self.mostVerdicts
        return grid.text + (left > 0 ? "and \(left) more\n" : "")
    }

    // MARK: The table

    /// The first measure with a size, in which errors are told apart best.
    private var quantity: Quantity? { result.principalQuantity }

    private var table: String {
        guard let quantity else { return "" }
        let unit = quantity.unit.isEmpty ? "" : " (\(quantity.unit))"
        let series = result.integrators.map { integrator in
            (
                name: integrator,
                levels: result.levels(quantity, integrator: integrator, case: StudyResult.network),
                order: result.order(quantity, integrator: integrator, case: StudyResult.network)
            )
        }.filter { !$0.levels.isEmpty }
        let shown = series.prefix(Self.mostLines)
        let lines = shown.reduce(0) { $0 + $1.levels.count }
        let left = series.count - shown.count
        var grid = TextGrid(stub: "integrator", alignment: lines > Self.mostLines ? .right : .left)
        for one in shown {
            let order = TextGrid.Cell(column: "order", text: one.order?.orderText ?? "–")
            if lines > Self.mostLines {
                let cells = one.levels.map {
                    TextGrid.Cell(column: "h=\(Numbers.shortest($0.h))", text: $0.terminalText)
                }
                grid.add(row: one.name, cells + [order])
                continue
            }
            for (k, level) in one.levels.enumerated() {
                let cells = [
                    TextGrid.Cell(column: "h", text: Numbers.shortest(level.h)),
                    .init(column: "error", text: level.terminalText),
                    .init(
                        column: "\(confidence) % interval", text: Superscript.plain(level.intervalText)),
                ]
                grid.add(
                    row: k == 0 ? one.name : "", cells + (k == 0 ? [order] : []))
            }
        }
        let hasUnresolved = shown.contains { $0.levels.contains { !$0.resolved } }
        return "\(quantity.title)\(unit): \(quantity.meaning.axisLabel)\n" + grid.text
            + (left > 0 ? "and \(left) integrators more\n" : "")
            + (hasUnresolved ? "? unresolved: carried by too few paths, or not to be told from zero\n" : "")
    }

    private var confidence: String { Numbers.shortest(result.header.confidence * 100) }

    /// What diverges is named whether it is in the table or not.
    private var remarks: String {
        let diverging = result.rows.filter { $0.value == nil && $0.note.contains("diverges: ") }
        return unique(diverging.map { "\($0.integrator) at h = \(Numbers.step($0.h)) ms \($0.note)\n" })
            .prefix(Self.mostAdvice).joined()
    }

    // MARK: What to do next

    private var next: String {
        let open = result.judged.compactMap { MindChange($0, in: result) }
        // The largest number of paths settles the others, too.
        let most = open.filter { $0.command != nil }.max { $0.paths! < $1.paths! }
        let advice =
            most.map { ["\($0.sentence)\n  \($0.command!)"] } ?? open.prefix(1).map(\.sentence)
        let failed =
            result.verdict == .fail
            ? ["what fails, by how much and how surely: the first table of report.html"] : []
        let solvers =
            (result.header.solvers ?? []).isEmpty || result.verdict != .fail
            ? [] : ["what is probably wrong with a solver: spikeverify solver test -- PROGRAM"]
        let watch =
            result.verdict == .pass
            ? ["to hear of any change: spikeverify check STUDY.yaml, then spikeverify accept --case '*'"] : []
        let rest = ["every table: add --verbose, or spikeverify report RESULT.json --format tables"]
        return "next\n"
            + (failed + solvers + advice + watch + rest).map { "- \($0)\n" }.joined()
            .replacing("\u{202F}", with: "")
    }
}

extension StudyResult {
    /// The first measure of an error's size, or else the first of all; nil where nothing was measured.
    var principalQuantity: Quantity? {
        let quantities = quantities(case: Self.network)
        return quantities.first { !$0.meaning.isSigned } ?? quantities.first
    }
}
