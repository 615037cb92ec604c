/// A name that a study file can list under `measures`, and the measures it stands for.
public struct MeasureFamily: Sendable {
    public var name: String
    public var summary: String
    public var measures: [any Measure]
    /// What it cannot be found without: its measures' needs, and its own.
    public var needs: MeasureNeeds

    public init(name: String, summary: String, measures: [any Measure], needs: MeasureNeeds = []) {
        self.name = name
        self.summary = summary
        self.measures = measures
        self.needs = measures.reduce(needs) { $0.union($1.needs) }
    }

    init(_ measure: any Measure) {
        self.init(name: measure.name, summary: measure.summary, measures: [measure])
    }
}

/// Every measure of an error.
public enum MeasureCatalogue {
    public static let families = [
        MeasureFamily(StrongFinal()),
        MeasureFamily(StrongMean()),
        MeasureFamily(StrongTimeAveraged()),
        MeasureFamily(StrongJumpAware()),
        MeasureFamily(
            name: "weak", summary: "bias of an observable's mean; written {weak: OBSERVABLE}",
            measures: Observable.all.map { WeakError($0) }),
        MeasureFamily(CountMismatch()),
        MeasureFamily(CountMismatchTimeAveraged()),
        MeasureFamily(
            name: "spike-times", summary: "time errors of matched spikes, missed and extra spikes",
            measures: [SpikeTimeRMS(), SpikeTimeBias(), MissedSpikes(), ExtraSpikes()]),
        MeasureFamily(TrainDistance.victorPurpura),
        MeasureFamily(TrainDistance.vanRossum),
        MeasureFamily(TrainDistance.isi),
        MeasureFamily(TrainDistance.spike),
        MeasureFamily(TrainDistance.synchronization),
        MeasureFamily(CoincidenceLoss()),
        MeasureFamily(SynchronyBias()),
        MeasureFamily(
            name: "good-set",
            summary:
                "paths whose spikes all match and cross at α(h) or faster, and the others' share of the error",
            measures: GoodSet.all.flatMap {
                [
                    GoodSetProbability(goodSet: $0), GoodSetProbability(goodSet: $0, countsComplement: true),
                    BadSetShare(goodSet: $0),
                    GoodSetScaledError(goodSet: $0),
                ] as [any Measure]
            }),
    ]

    public static var observables: [String] { Observable.all.map(\.name) }

    /// The measure with the name and observable of a row.
    public static func measure(row name: String, observable: String) -> (any Measure)? {
        families.lazy.flatMap(\.measures).first { $0.name == name && $0.observable == observable }
    }

    /// The measures behind a name and, for `weak`, an observable.
    public static func measures(named name: String, observable: String) -> [any Measure] {
        let measures = families.first { $0.name == name }?.measures ?? []
        return name == "weak" ? measures.filter { $0.observable == observable } : measures
    }
}
