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
        var levelError: String
        var levelInterval: String
        var levelSample: String
        var levelNote: String
        var isUnresolved: Bool
    }

    var anchor: String
    var measureTitle: String
    var measureSentence: String
    var measureUnit: String
    var measureFigure: String?
    var groups: [Group]

    init(_ quantity: Quantity, in result: StudyResult, number: Int) {
        anchor = "measure-\(number)"
        measureTitle = quantity.title
        let formula =
            quantity.observable.isEmpty
            ? "" : " Here φ is \(Vocabulary.formula(ofObservable: quantity.observable))."
        measureSentence = quantity.meaning.sentence + formula
        measureUnit = quantity.unit.isEmpty ? "pure number" : quantity.unit
        measureFigure = ErrorFigure.network(quantity, in: result, identifier: "figure-\(number)")?.svg
        groups = result.integrators.compactMap { integrator in
            let levels = result.levels(quantity, integrator: integrator, case: StudyResult.network)
            guard !levels.isEmpty else { return nil }
            let order = result.order(quantity, integrator: integrator, case: StudyResult.network)
            let text = order.flatMap { $0.order == nil ? nil : "order \($0.orderText)" } ?? "no order"
            return Group(groupName: integrator, groupOrder: text, levels: levels.map(Self.level))
        }
    }

    private static func level(_ row: Row) -> Level {
        Level(
            levelStep: Numbers.step(row.h), levelValue: row.rounded?.typeset ?? "–",
            levelError: row.standardError.map { Numbers.significant($0, digits: 2).typeset } ?? "–",
            levelInterval: row.intervalText, levelSample: sample(row.effectiveSample),
            levelNote: row.resolved ? row.note : (row.note.isEmpty ? "unresolved" : row.note),
            isUnresolved: !row.resolved)
    }

    private static func sample(_ value: Double) -> String {
        value.isFinite && abs(value) < 1e15 ? Numbers.grouped(Int(value.rounded())) : "–"
    }
}

extension Row {
    /// `[0.0969, 0.1043]` with as many digits as the standard error deserves.
    fileprivate var intervalText: String {
        Interval.text(intervalLow, intervalHigh, standardError: standardError)
    }
}
