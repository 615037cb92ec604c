import SpikingNumerics

/// The largest Lyapunov exponent, by a second run of each participant that starts a little apart.
///
/// In a network it is the largest of all exponents, which is not any one neuron's.
struct TwinExponent: PathProbe {
    private static let method = "twin"

    static func findings(in study: StudyOutline) -> [Finding] {
        isWanted(study) ? [Finding(scalar(neurons: study.neurons), method: method)] : []
    }

    private static func isWanted(_ study: StudyOutline) -> Bool {
        study.isSampled
            && (study.asks(for: SpectrumProbe.family)
                || study.asks(for: Saltation.family) && (study.neurons == 1 || !study.isSmooth))
    }

    private static func scalar(neurons: Int) -> ScalarDescriptor {
        neurons == 1 ? Saltation.exponent : SpectrumProbe.largestExponent
    }

    private let participants: Int
    private let scalar: ScalarDescriptor

    init?(_ plan: StudyPlan) {
        guard Self.isWanted(StudyOutline(plan.study)) else { return nil }
        participants = plan.tested.count + 1
        scalar = Self.scalar(neurons: plan.study.problem.network.neuronCount)
    }

    var needsTwins: Bool { true }

    /// One per participant: Σ log growth and the time it took.
    var blank: [Moments] { .init(repeating: Moments(dimension: 2, levels: 0), count: participants) }

    func add(_ path: SampledPath, to sums: inout [Moments]) {
        for (participant, growth) in path.twinGrowth.enumerated() {
            sums[participant].add(SIMD2(growth.logGrowth(lane: path.lane), growth.time[path.lane]))
        }
    }

    func scalars(_ sums: [Moments], participant: Int, _ results: ResultBuilder) -> [Scalar] {
        [
            results.scalar(
                participant, 0, scalar, method: Self.method, results.ratio(sums[participant], 0, per: 1))
        ]
    }
}
