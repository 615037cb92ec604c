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

/// Every measure a study file can name.
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
            name: "lyapunov",
            summary: "Lyapunov exponent of V by saltation and by twin, for every integrator and step",
            measures: [], needs: .internals),
        MeasureFamily(
            name: "lyapunov-spectrum",
            summary: "all Lyapunov exponents of a network along its paths, and the largest by twins",
            measures: [], needs: .internals),
        MeasureFamily(
            name: "twin-sizes",
            summary: "Lyapunov exponents of twins at different distances: what resets on the grid erase",
            measures: [], needs: .internals),
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
        MeasureFamily(
            name: "scaled-spike-times",
            summary: "quantiles of A|δt|/h and A|δt|/√h, A the crossing speed of the spike",
            measures: []),
        MeasureFamily(
            name: "crossing-speed-tail",
            summary: "exponent of P(A < α), growth of E[A⁻² 1{A ≥ α}], density of crossing speeds",
            measures: []),
        MeasureFamily(
            name: "mean-square-fit",
            summary: "p of the fit C h (log τ_m/h)^p to the mean square error at T; needs strong-final",
            measures: []),
        MeasureFamily(
            name: "network-statistics",
            summary:
                "CV of interspike intervals, and P(two neurons fire within 1 ms), for every integrator and step",
            measures: []),
    ]

    public static var names: [String] { families.map(\.name) }
    public static var observables: [String] { Observable.all.map(\.name) }

    /// What the measures behind a name cannot be found without; nil for an unknown name.
    public static func needs(of name: String) -> MeasureNeeds? {
        families.first { $0.name == name }?.needs
    }

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
