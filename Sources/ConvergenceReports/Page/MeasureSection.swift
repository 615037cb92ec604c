import ConvergenceStudies

/// One quantity: its figure and the table of its values.
struct MeasureSection {
    struct Group {
        var groupName: String
        var groupOrder: String
        var levels: [Level]
    }

    struct Level {
        var levelStep: String
        var levelValue: String
        var levelInterval: String
        var levelSample: String
        var levelNote: String
        var isUnresolved: Bool
    }

    var anchor: String
    var measureTitle: String
    var measureSentence: String
    /// Nil for a pure number.
    var measureUnit: String?
    var measureConfidence: String
    var measureFigure: String?
    /// What the figure leaves out; nil where it shows everything.
    var measureOmission: String?
    /// What the table of values is folded under; nil where it is open.
    var tableSummary: String?
    var groups: [Group]
    var hasLevelNotes: Bool
    /// Columns of the table of values.
    var columnCount: Int

    init(_ quantity: Quantity, in result: StudyResult, number: Int) {
        anchor = "measure-\(number)"
        measureTitle = quantity.title
        let formula =
            quantity.observable.isEmpty
            ? ""
            : " Here \(quantity.observable.hasPrefix("h^") ? "α(h) ∝" : "φ =") \(Vocabulary.formula(ofObservable: quantity.observable))."
        measureSentence = quantity.meaning.sentence + formula
        measureUnit = quantity.unit.isEmpty ? nil : quantity.unit
        measureConfidence = Numbers.shortest(result.header.confidence * 100)
        measureFigure =
            ErrorFigure.network(quantity, in: result, identifier: ErrorFigure.identifier(quantity))?.svg
        measureOmission = measureFigure == nil ? nil : ErrorFigure.omission(quantity, in: result)
        groups = result.integrators.compactMap { integrator in
            let levels = result.levels(quantity, integrator: integrator, case: StudyResult.network)
            guard !levels.isEmpty else { return nil }
            let order = result.order(quantity, integrator: integrator, case: StudyResult.network)
            let text = order.flatMap { $0.order == nil ? nil : "order \($0.orderText)" } ?? "no order"
            return Group(groupName: integrator, groupOrder: text, levels: levels.map(Self.level))
        }
        tableSummary = result.hasManyIntegrators ? "the values of \(groups.count) integrators" : nil
        hasLevelNotes = groups.contains { group in group.levels.contains { !$0.levelNote.isEmpty } }
        columnCount = hasLevelNotes ? 5 : 4
    }

    private static func level(_ row: Row) -> Level {
        Level(
            levelStep: Numbers.step(row.h), levelValue: row.rounded?.typeset ?? "–",
            levelInterval: row.intervalText, levelSample: sample(row.effectiveSample),
            levelNote: row.resolved ? row.note : (row.note.isEmpty ? "unresolved" : row.note),
            isUnresolved: !row.resolved)
    }

    private static func sample(_ value: Double) -> String {
        value.isFinite && abs(value) < 1e15 ? Numbers.grouped(Int(value)) : "–"
    }
}
