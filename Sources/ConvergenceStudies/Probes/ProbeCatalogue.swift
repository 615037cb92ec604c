import SpikingNumerics

/// Every probe there is.
package enum ProbeCatalogue {
    /// In the order of results.
    static let kinds: [any Probe.Type] = [
        ProcessMeans.self, GroupedRates.self, MeanFieldEstimates.self, Saltation.self, NetworkStatistics.self,
        PopulationStatistics.self,
        TwinExponent.self, SpectrumProbe.self,
        CrossingTailProbe.self, RampProbe.self, SpikeTimeErrors.self, ScaledSpikeTimeErrors.self,
        CrossingSpeeds.self,
        StationaryEstimates.self, MeanSquareFit.self, TwinSizes.self, MultilevelOutcome.self,
    ]

    /// What each scalar of a result is, in the order of reports.
    package static let scalars: [ScalarDescriptor] = {
        var names: Set<String> = []
        return kinds.flatMap { $0.scalars }.filter { names.insert($0.name).inserted }
    }()

    static func kind(ofMeasure name: String) -> (any Probe.Type)? {
        kinds.first { $0.family?.name == name }
    }

    static func probes(for plan: StudyPlan) -> [any PathProbe] {
        kinds.compactMap { kind in (kind as? any PathProbe.Type)?.init(plan) }
    }
}

/// Every name that a study file can list under `measures`: those of errors, then those of probes.
public enum MeasureFamilies {
    public static let all = MeasureCatalogue.families + ProbeCatalogue.kinds.compactMap { $0.family }

    public static var names: [String] { all.map(\.name) }

    /// What the measures behind a name cannot be found without; nil for an unknown name.
    public static func needs(of name: String) -> MeasureNeeds? { all.first { $0.name == name }?.needs }
}
