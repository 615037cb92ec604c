import SpikingNumerics

/// As much of a study as decides what it finds; a study file has it before the whole of it is known to be right.
struct StudyOutline {
    /// The names under `measures`.
    var measures: Set<String>
    var neurons: Int
    /// Whether V crosses the threshold with a speed; not under white noise in V.
    var isSmooth = true
    /// Whether there are paths, as opposed to stationary laws alone.
    var isSampled = true
    /// Whether the neuron's stationary law can be had from the Fokker-Planck equation.
    var hasStationaryLaw = false
    var multilevel: Study.MultilevelChoice?
    /// Of the drive.
    var ramp: DriveRamp?
}

extension StudyOutline {
    init(_ study: Study) {
        self.init(
            measures: Set(study.measures.map(\.name)), neurons: study.problem.network.neuronCount,
            isSmooth: study.problem.isSmooth, isSampled: study.isSampled,
            hasStationaryLaw: study.problem.isStationaryNeuron,
            multilevel: study.multilevel, ramp: study.problem.ramp)
    }

    func asks(for family: MeasureFamily?) -> Bool { family.map { measures.contains($0.name) } ?? true }

    /// What the study finds beside the errors of its series.
    var findings: [Finding] { ProbeCatalogue.kinds.flatMap { $0.findings(in: self) } }
}

extension Problem {
    /// Whether no white noise acts on V itself.
    var isSmooth: Bool { !models.contains { $0.voltageNoise > 0 } }
}

/// A scalar that a study finds.
struct Finding {
    var scalar: ScalarDescriptor
    /// Nil where the process itself is the only one.
    var method: String?

    init(_ scalar: ScalarDescriptor, method: String? = nil) { (self.scalar, self.method) = (scalar, method) }
}
