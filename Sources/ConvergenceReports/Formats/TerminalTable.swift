import ConvergenceStudies

/// A result for a terminal of 100 columns: its verdict, a screen, or tables of errors, scalars and orders.
public struct TerminalReport: ReportFormat {
    public enum Detail: Sendable {
        /// One line.
        case verdict
        /// The verdicts, one table, and what to do next.
        case screen
        /// Everything.
        case tables
    }

    public var name: String { detail == .tables ? "tables" : "terminal" }
    public let fileName: String? = nil
    public var summary: String {
        detail == .tables
            ? "tables of all errors, scalars and orders, 100 columns wide"
            : "the verdicts, the first measure's errors and orders, and what to do next: one screen"
    }

    public var detail: Detail
    /// Whether to colour verdicts and unresolved levels: for terminals only.
    public var colour: Bool

    public init(_ detail: Detail = .screen, colour: Bool = false) {
        self.detail = detail
        self.colour = colour
    }

    public func render(_ result: StudyResult) -> String {
        let sections: [String] =
            switch detail {
            case .verdict: [String(heading(of: result).prefix { $0 != "\n" }) + "\n"]
            case .screen: [heading(of: result)] + TerminalScreen(result: result).sections
            case .tables: tables(of: result)
            }
        // The minus sign that can be typed, and so searched for; numbers have no other here.
        let shown = sections.filter { !$0.isEmpty }.joined(separator: "\n").replacing(
            Numbers.minus, with: "-")
        let text = VoltageUnit(result.header).shown(shown)
        return colour ? Ink.coloured(text.visibleLines) : text.visibleLines
    }

    private func tables(of result: StudyResult) -> [String] {
        [heading(of: result)]
            + result.quantities(case: StudyResult.network).map { errors(of: $0, in: result) }
            + [populations(of: result)] + ScalarTable.all(of: result, case: StudyResult.network).map(scalars)
            + [
                scalarsByPopulation(of: result), MultilevelTable.text(of: result), orders(of: result),
                expectations(of: result),
                legend(of: result),
            ]
    }

    private func heading(of result: StudyResult) -> String {
        let header = result.header
        let reference = result.rows.first.map { " against \($0.reference)" } ?? ""
        let sample = header.paths > 0 ? "\(header.paths) paths, seed \(header.seed)" : "no sampling,"
        let solvers = (header.solvers ?? []).map { "\($0.integrator): \($0.summary.visible)\n" }.joined()
        let choices = (header.choices ?? []).map { "\($0.sentence.visible)\n" }.joined()
        let warnings = (header.warnings ?? []).map { "warning: \($0.sentence.visible)\n" }.joined()
        let tally = [Findings(result: result).ladderTally, Findings(result: result).tally].compactMap { $0 }
        let verdict = tally.isEmpty ? nil : "\(result.verdict.rawValue), \(tally.joined(separator: "; "))"
        return """
            \(header.study): \(verdict ?? "no verdict, nothing was expected")
            \(header.title.visible)
            \(sample)\(reference); h in ms; value(standard error of the last digits)
            \(choices)\(warnings)\(solvers)\(ladders(of: result))
            """
    }

    /// The rungs that failed.
    private func ladders(of result: StudyResult) -> String {
        result.failedRungs.map { LadderText.lines(of: $0.finding) + "\n" }.joined()
    }

    /// One row per integrator and one column per step.
    private func errors(of quantity: Quantity, in result: StudyResult) -> String {
        let unit = quantity.unit.isEmpty ? "" : " (\(quantity.unit))"
        var table = TextGrid(stub: "integrator")
        for integrator in result.integrators {
            let levels = result.levels(quantity, integrator: integrator, case: StudyResult.network)
            guard !levels.isEmpty else { continue }
            let cells = levels.map {
                TextGrid.Cell(column: "h=\(Numbers.shortest($0.h))", text: $0.terminalText)
            }
            table.add(row: integrator, cells)
        }
        return "\(quantity.title)\(unit)\n\(table.text)"
    }

    /// Layers side by side, each measure at the finest step that every layer resolves.
    private func populations(of result: StudyResult) -> String {
        let rows = PopulationComparison.rows(of: result)
        guard !rows.isEmpty else { return "" }
        var table = TextGrid(stub: "measure")
        for row in rows {
            let step = TextGrid.Cell(column: "h", text: Numbers.shortest(row.h) + " ")
            let cells = row.levels.map { TextGrid.Cell(column: $0.case, text: $0.terminalText) }
            table.add(row: "\(row.quantity.title), \(row.integrator)", [step] + cells)
        }
        return "by population, at the finest step that all of them resolve\n\(table.text)"
    }

    /// One row per integrator and one column per step; what has no step stands above them.
    private func scalars(_ table: ScalarTable) -> String {
        let unit = table.unit.isEmpty ? "" : " (\(table.unit))"
        let constants = table.constants.map { "  \(table.label(of: $0)) \($0.rounded?.plain ?? "–")" }
            .joined()
        var grid = TextGrid(stub: "integrator")
        for line in table.lines {
            let cells = line.levels.map {
                TextGrid.Cell(column: "h=\(Numbers.shortest($0.h!))", text: $0.rounded?.plain ?? "–")
            }
            grid.add(row: line.integrator, cells)
        }
        return "\(table.title)\(unit)\(constants)\n" + (table.lines.isEmpty ? "" : grid.text)
    }

    /// Layers side by side, the references first and then every integrator at its finest step.
    private func scalarsByPopulation(of result: StudyResult) -> String {
        let cases = result.scalarCases.filter { $0 != StudyResult.network }
        guard !cases.isEmpty else { return "" }
        let entries = cases.flatMap { ScalarTable.all(of: result, case: $0) }.flatMap { table in
            let constants = table.constants.map { (table.label(of: $0), $0) }
            let finest = table.lines.compactMap { line in line.levels.last.map { (line.integrator, $0) } }
            return (constants + finest).map { process, scalar in
                let text = scalar.rounded?.plain ?? "–"
                return (
                    row: "\(table.quantity), \(process)", cell: TextGrid.Cell(column: table.case, text: text)
                )
            }
        }
        var grid = TextGrid(stub: "scalar")
        for row in unique(entries.map(\.row)) {
            grid.add(row: row, entries.filter { $0.row == row }.map(\.cell))
        }
        return "scalars by population, at the finest step\n\(grid.text)"
    }

    /// One row per measure and one column per integrator that has any order.
    private func orders(of result: StudyResult) -> String {
        let orders = result.orders.filter { $0.case == StudyResult.network }
        let fitted = Set(orders.filter { $0.order != nil }.map(\.integrator))
        let unfitted = unique(orders.map(\.integrator)).filter { !fitted.contains($0) }
        guard !orders.isEmpty else { return "" }
        var grid = TextGrid(stub: "measure", alignment: .left)
        for quantity in unique(orders.map(\.quantity)) {
            let cells = orders.filter { $0.quantity == quantity && fitted.contains($0.integrator) }.map {
                TextGrid.Cell(column: $0.integrator, text: $0.orderText)
            }
            grid.add(row: quantity.title, cells)
        }
        let confidence = Numbers.shortest(result.header.confidence * 100)
        let rest =
            unfitted.isEmpty ? "" : "no order, too few resolved levels: \(unfitted.joined(separator: ", "))\n"
        let remarks = orders.filter { $0.order != nil && !$0.note.isEmpty }
            .map { "\($0.quantity.title) of \($0.integrator): \($0.note)\n" }.joined()
        return "order of convergence [\(confidence) % interval]\n" + (fitted.isEmpty ? "" : grid.text)
            + remarks
            + rest
    }

    private func expectations(of result: StudyResult) -> String {
        guard !result.judged.isEmpty else { return "" }
        var grid = TextGrid(stub: "expectation", alignment: .left)
        for check in result.judged {
            grid.add(row: check.placedTitle, check.terminalCells)
        }
        let remarks = result.judged.filter { $0.verdict != .pass && !$0.remark.isEmpty }
            .map { "\($0.placedTitle), \($0.integrator): \($0.remark)\n" }.joined()
        let budget = (result.errorBudget?.sentences ?? []).map { $0 + "\n" }.joined()
        return grid.text + (remarks + budget).replacing("\u{202F}", with: "")
    }

    private func legend(of result: StudyResult) -> String {
        guard result.rows.contains(where: { !$0.resolved }) else { return "" }
        return
            "? unresolved: carried by too few paths, or not to be told from zero; left out of every fit\n"
    }
}

extension Check {
    /// A line of verdicts, which stand at its end.
    var terminalCells: [TextGrid.Cell] {
        [
            .init(column: "integrator", text: integrator), .init(column: "found", text: plainFoundText),
            .init(column: "expected", text: expectedText), .init(column: "verdict", text: verdict.rawValue),
        ]
    }
}

extension Row {
    /// The value, with a question mark where it is unresolved; a blank in its place keeps digits aligned.
    var terminalText: String {
        (rounded?.plain ?? "–") + (resolved ? " " : "?")
    }
}
