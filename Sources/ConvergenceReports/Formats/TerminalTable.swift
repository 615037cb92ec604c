import ConvergenceStudies

/// Tables of errors, orders and scalars for a terminal of 100 columns.
public struct TerminalReport: ReportFormat {
    public let name = "terminal"
    public let fileName: String? = nil
    public let summary = "tables of errors, orders and scalars, 100 columns wide"

    /// Whether to colour verdicts and unresolved levels: for terminals only.
    public var colour: Bool

    public init(colour: Bool = false) {
        self.colour = colour
    }

    public func render(_ result: StudyResult) -> String {
        let sections =
            [heading(of: result)]
            + result.quantities(case: StudyResult.network).map { errors(of: $0, in: result) }
            + [populations(of: result), orders(of: result), scalars(of: result), legend(of: result)]
        let text = sections.filter { !$0.isEmpty }.joined(separator: "\n")
        return colour ? Ink.coloured(text) : text
    }

    private func heading(of result: StudyResult) -> String {
        let header = result.header
        let reference = result.rows.first.map { " against \($0.reference)" } ?? ""
        return """
            \(header.study): \(header.title)
            \(header.paths) paths, seed \(header.seed)\(reference); h in ms; value(standard error of the last digits)

            """
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

    private func orders(of result: StudyResult) -> String {
        let network = result.orders.filter { $0.case == StudyResult.network }
        let judged = result.orders.filter { $0.case != StudyResult.network && $0.isExpected }
        guard !network.isEmpty || !judged.isEmpty else { return "" }
        var table = TextGrid(stub: "measure", alignment: .left)
        for order in network + judged {
            let place = order.case == StudyResult.network ? "" : "\(order.case): "
            table.add(
                row: place + order.quantity.title,
                [
                    .init(column: "integrator", text: order.integrator),
                    .init(column: "order", text: order.orderText),
                    .init(column: "levels", text: String(order.levels)),
                    .init(column: "expected", text: order.expectedText ?? ""),
                    .init(column: "verdict", text: order.verdict == .none ? "" : order.verdict.rawValue),
                ])
        }
        let confidence = Numbers.shortest(result.header.confidence * 100)
        return "order of convergence [\(confidence) % interval]\n\(table.text)"
    }

    private func scalars(of result: StudyResult) -> String {
        guard !result.scalars.isEmpty else { return "" }
        var table = TextGrid(stub: "scalar", alignment: .left)
        for scalar in result.scalars {
            let place = scalar.case == StudyResult.network ? "" : " \(scalar.case)"
            let value = scalar.value.map { Uncertainty.text($0, scalar.standardError).plain } ?? "–"
            table.add(
                row: scalar.name + place,
                [
                    .init(column: "method", text: scalar.method),
                    .init(column: "integrator", text: scalar.integrator),
                    .init(column: "h", text: scalar.h.map(Numbers.shortest) ?? ""),
                    .init(column: "value", text: value),
                    .init(column: "unit", text: scalar.unit),
                ])
        }
        return "scalars\n\(table.text)"
    }

    private func legend(of result: StudyResult) -> String {
        guard result.rows.contains(where: { !$0.resolved }) else { return "" }
        return "? unresolved: too few paths carry the error; left out of the fit of the order\n"
    }
}

extension Row {
    /// The value, with a question mark where it is unresolved; a blank in its place keeps digits aligned.
    fileprivate var terminalText: String {
        (rounded?.plain ?? "–") + (resolved ? " " : "?")
    }
}
