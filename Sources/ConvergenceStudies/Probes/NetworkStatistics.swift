import SpikingNumerics

/// How irregular and how synchronous spike trains are.
struct NetworkStatistics: PathProbe {
    static let family: MeasureFamily? = MeasureFamily(
        name: "network-statistics",
        summary:
            "CV of interspike intervals, and P(two neurons fire within 1 ms), for every integrator and step",
        measures: [])

    static let intervalVariation = ScalarDescriptor(
        "interval-cv", isCompared: true, remedy: remedy,
        sentence:
            "Coefficient of variation of the interspike intervals: their standard deviation over their mean, 0 for "
            + "a clock and 1 for a Poisson process, averaged over neurons. Found from the rate and from how long one "
            + "waits for a spike, so that no interval is lost for being cut off by the window; in stationary windows of "
            + "three mean intervals or more its bias is a few per cent at the most.")
    static let synchrony = ScalarDescriptor(
        "synchrony", isCompared: true, remedy: remedy,
        sentence:
            "Probability that a neuron fires within 1 ms of another's spike, averaged over spikes and pairs of "
            + "neurons. Independent Poisson neurons of rate ν have 1 − exp(−2ν · 1 ms).")
    static let scalars = [intervalVariation, synchrony]

    static func findings(in study: StudyOutline) -> [Finding] {
        guard study.isSampled, study.asks(for: family) else { return [] }
        return [Finding(intervalVariation)] + (study.neurons > 1 ? [Finding(synchrony)] : [])
    }

    struct Sums: PathSums {
        /// One per participant and case.
        var synchrony: [SynchronySums]
        /// One per participant.
        var intervals: [IntervalSums]

        mutating func fold(_ later: Sums) {
            synchrony.fold(later.synchrony)
            intervals.fold(later.intervals)
        }

        mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
            try archive.property("synchrony", &synchrony)
            try archive.property("intervals", &intervals)
        }
    }

    private let cases: [Range<Int>]
    private let participants: Int
    private let duration: Double
    private let neurons: Int

    init?(_ plan: StudyPlan) {
        guard StudyOutline(plan.study).asks(for: Self.family) else { return nil }
        cases = plan.cases.map(\.neurons)
        participants = plan.tested.count + 1
        duration = plan.study.problem.duration
        neurons = plan.study.problem.network.neuronCount
    }

    var blank: Sums {
        Sums(
            synchrony: .init(repeating: SynchronySums(), count: participants * cases.count),
            intervals: .init(repeating: IntervalSums(neurons: neurons), count: participants))
    }

    func add(_ path: SampledPath, to sums: inout Sums) {
        for participant in path.participants {
            let trains = path.neurons.map {
                SpikeTrain(path.spikes(of: participant, neuron: $0), duration: duration)
            }
            sums.intervals[participant].add(path: path.number, trains)
            for (c, neurons) in cases.enumerated() {
                sums.synchrony[participant * cases.count + c].add(path: path.number, Array(trains[neurons]))
            }
        }
    }

    func scalars(_ sums: Sums, participant: Int, case c: Int, _ results: ResultBuilder) -> [Scalar] {
        let (intervals, neurons) = (sums.intervals[participant], cases[c])
        let variation = scalar(
            participant, c, Self.intervalVariation, intervals.coefficientOfVariation(neurons),
            bias: intervals.difference(neurons, from: sums.intervals[0]), results
        ) { max(0, $0.corrected) }
        guard neurons.count > 1 else { return [variation] }
        let synchrony = sums.synchrony[participant * cases.count + c]
        return [
            variation,
            scalar(
                participant, c, Self.synchrony, synchrony.probability,
                bias: synchrony.difference(from: sums.synchrony[c]), results
            ) { $0.value },
        ]
    }

    func valuesLeavingOut(_ sums: Sums, participant: Int, case c: Int) -> [String: [Double]] {
        let found = [
            (Self.intervalVariation, sums.intervals[participant].coefficientOfVariation(cases[c])),
            (Self.synchrony, sums.synchrony[participant * cases.count + c].probability),
        ]
        return found.reduce(into: [:]) { $0[$1.0.name] = $1.1?.parts }
    }

    /// - Parameter bias: Of a tested participant against the reference.
    private func scalar(
        _ participant: Int, _ c: Int, _ descriptor: ScalarDescriptor, _ found: Jackknife.Found?,
        bias: Jackknife.Found?, _ results: ResultBuilder, value: (Jackknife.Found) -> Double
    ) -> Scalar {
        var scalar = results.scalar(
            participant, c, descriptor, method: results.participantName(participant),
            found.map { results.estimated(value($0), variance: $0.variance, count: $0.groups) })
        scalar.freedom = found.map { Double($0.groups - 1) }
        if participant > 0, let bias {
            let bias = results.estimated(bias.value, variance: bias.variance, count: bias.groups)
            scalar.bias = bias.value
            scalar.biasStandardError = bias.standardError.ifFinite
            (scalar.biasLow, scalar.biasHigh) = (bias.low.ifFinite, bias.high.ifFinite)
        }
        return scalar
    }
}
