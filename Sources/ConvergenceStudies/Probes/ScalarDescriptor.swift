import SpikingNumerics

/// What everybody who names, explains or expects a property of a single process has to know of it.
package struct ScalarDescriptor: Hashable, Sendable {
    package var name: String
    /// Empty for a pure number.
    package var unit: String
    /// For a reader who has not met it.
    package var sentence: String
    /// Whether the same of an integrator and the reference are subtracted from each other, path by path.
    package var isCompared: Bool
    /// What to add to a study that does not find it.
    var remedy: String

    init(
        _ name: String, unit: String = "", isCompared: Bool = false, remedy: String = "", sentence: String
    ) {
        (self.name, self.unit, self.sentence) = (name, unit, sentence)
        (self.isCompared, self.remedy) = (isCompared, remedy)
    }

    init(meanOf observable: Observable, remedy: String = "") {
        self.init(
            observable.isRate ? observable.name : "mean-\(observable.name)", unit: observable.unit,
            remedy: remedy, sentence: "Mean over paths and neurons: \(observable.summary).")
    }

    /// Nil where no observable has the name.
    init?(meanOfObservable name: String) {
        guard let observable = Observable.all.first(where: { $0.name == name }) else { return nil }
        self.init(meanOf: observable)
    }
}
