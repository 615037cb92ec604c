import SpikingNumerics

/// What a study finds beside the errors of its series: properties of single processes, and where errors come from.
///
/// Whatever is to be known of such a thing stands at its type; `ProbeCatalogue` lists the types.
protocol Probe: SendableMetatype {
    /// What `measures` calls it; nil for what is found without being asked for under a name of its own.
    static var family: MeasureFamily? { get }
    /// Every scalar that it can find, in the order of reports.
    static var scalars: [ScalarDescriptor] { get }
    /// The scalars that it finds in a study.
    static func findings(in study: StudyOutline) -> [Finding]
    /// Why a problem has no such thing; empty where it has.
    static func refusals(of problem: Problem) -> [String]
}

extension Probe {
    static var family: MeasureFamily? { nil }
    static var scalars: [ScalarDescriptor] { [] }

    static func findings(in study: StudyOutline) -> [Finding] {
        study.isSampled && study.asks(for: family) ? scalars.map { Finding($0) } : []
    }

    static func refusals(of problem: Problem) -> [String] { [] }

    /// What to add to a study that does not have it.
    static var remedy: String { family.map { "add \($0.name) to `measures`" } ?? "" }
}

/// A probe that adds something up on every path.
protocol PathProbe: Probe, Sendable {
    associatedtype Sums: PathSums

    /// Nil where the study does not ask for it.
    init?(_ plan: StudyPlan)

    /// Sums over no path yet.
    var blank: Sums { get }
    /// Whether all participants must have a twin.
    var needsTwins: Bool { get }

    func add(_ path: SampledPath, to sums: inout Sums)

    /// Scalars of a participant, 0 for the reference, on one of the plan's cases.
    func scalars(_ sums: Sums, participant: Int, case: Int, _ results: ResultBuilder) -> [Scalar]
    /// Scalars of a participant on the whole network.
    func scalars(_ sums: Sums, participant: Int, _ results: ResultBuilder) -> [Scalar]
    func scalars(_ sums: Sums, _ results: ResultBuilder) -> [Scalar]
    /// Scalars of a participant on a case without one group of paths after the other, by their names; see `Jackknife`.
    func valuesLeavingOut(_ sums: Sums, participant: Int, case: Int) -> [String: [Double]]
    func curves(_ sums: Sums, _ results: ResultBuilder) -> [Curve]
    func distributions(_ sums: Sums, _ results: ResultBuilder) -> [Distribution]
}

extension PathProbe {
    var needsTwins: Bool { false }

    func scalars(_ sums: Sums, participant: Int, case: Int, _ results: ResultBuilder) -> [Scalar] { [] }
    func scalars(_ sums: Sums, participant: Int, _ results: ResultBuilder) -> [Scalar] { [] }
    func scalars(_ sums: Sums, _ results: ResultBuilder) -> [Scalar] { [] }
    func valuesLeavingOut(_ sums: Sums, participant: Int, case: Int) -> [String: [Double]] { [:] }
    func curves(_ sums: Sums, _ results: ResultBuilder) -> [Curve] { [] }
    func distributions(_ sums: Sums, _ results: ResultBuilder) -> [Distribution] { [] }
}
