import ConvergenceStudies
import SpikingNumerics

/// The meanings of measures, in the order of a report.
package enum Vocabulary {
    package static let measures: [MeasureDescriptor] = {
        let all =
            MeasureCatalogue.families.flatMap(\.measures).map(\.descriptor)
            + [MultilevelOutcome.meanDescriptor, MultilevelOutcome.varianceDescriptor]
        var names: Set<String> = []
        return all.filter { names.insert($0.name).inserted }
    }()

    /// The meaning of a measure; an unknown one is shown under its own name.
    static func meaning(of measure: String, observable: String = "") -> MeasureDescriptor {
        MeasureCatalogue.measure(row: measure, observable: observable)?.descriptor
            ?? measures.first { $0.name == measure }
            ?? MeasureDescriptor(
                name: measure, summary: "", unit: "", axisLabel: measure, sentence: "", size: .one)
    }

    /// What a weak error's observable is, as a formula.
    static func formula(ofObservable observable: String) -> String {
        Observable.all.first { $0.name == observable }?.formula ?? observable
    }

    /// What is plotted against h, with its unit in parentheses.
    package static func axisLabel(measure: String, observable: String) -> String {
        let meaning = meaning(of: measure, observable: observable)
        return meaning.unit.isEmpty ? meaning.axisLabel : "\(meaning.axisLabel) (\(meaning.unit))"
    }

    /// `weak cos-V`, `strong-final`.
    static func title(measure: String, observable: String) -> String {
        observable.isEmpty ? measure : "\(measure) \(observable)"
    }
}
