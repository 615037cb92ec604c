import SpikingNumerics

/// How rare slow crossings are in the reference, and the density of its crossing speeds.
struct CrossingTailProbe: PathProbe {
    static let family: MeasureFamily? = MeasureFamily(
        name: "crossing-speed-tail",
        summary: "exponent of P(A < α), growth of E[A⁻² 1{A ≥ α}], density of crossing speeds",
        measures: [], needs: .smoothCrossings)

    static let exponent = ScalarDescriptor(
        "crossing-speed-tail", remedy: remedy,
        sentence:
            "The exponent γ of P(A < α) ∝ α^γ for slow crossings, by maximum likelihood from the speeds A below an "
            + "eighth of (V_th − V_r)/τ_m. Bounds of the theory have 2; the sharp law is 5/2.")
    static let inverseMoment = ScalarDescriptor(
        "inverse-moment-growth", remedy: remedy,
        sentence:
            "The exponent q with which an octave of speeds below α contributes to E[A⁻²]: ∝ α^q. At 0 the truncated "
            + "moment E[A⁻² 1{A ≥ α}] grows like log(1/α); where q is positive it converges, as with the sharp law's 1/2."
    )
    static let scalars = [exponent, inverseMoment]

    struct Sums: PathSums {
        var tail: Moments
        var speeds: Histogram

        mutating func fold(_ later: Sums) {
            tail.fold(later.tail)
            speeds.fold(later.speeds)
        }

        mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
            try archive.property("tail", &tail)
            try archive.property("speeds", &speeds)
        }
    }

    private let model: NeuronModel
    private let speeds: [Double]
    private let edges: [Double]
    private let duration: Double
    private let neurons: Int

    init?(_ plan: StudyPlan) {
        guard StudyOutline(plan.study).asks(for: Self.family) else { return nil }
        let problem = plan.study.problem
        model = problem.model(neuron: 0)
        speeds = CrossingTail.speeds(model)
        edges = Histogram.crossingSpeedEdges(problem.models)
        duration = problem.duration
        neurons = problem.network.neuronCount
    }

    var blank: Sums {
        Sums(tail: Moments(dimension: CrossingTail.dimension, levels: 0), speeds: Histogram(edges: edges))
    }

    func add(_ path: SampledPath, to sums: inout Sums) {
        let crossings = path.reference.flatMap { $0.spikes.map(\.crossingSpeed) }
        sums.tail.add(CrossingTail.sums(crossings, speeds: speeds), squares: [])
        for speed in crossings { sums.speeds.add(speed) }
    }

    func scalars(_ sums: Sums, _ results: ResultBuilder) -> [Scalar] {
        let tail = CrossingTail(sums.tail, model: model)
        let found = [
            (Self.exponent, "maximum-likelihood", tail.exponent),
            (Self.inverseMoment, "octaves", tail.growth),
        ]
        return found.map { scalar, method, found in
            results.scalar(
                0, 0, scalar, method: method,
                found.map { results.estimated($0.value, variance: $0.variance, count: sums.tail.count) })
        }
    }

    func curves(_ sums: Sums, _ results: ResultBuilder) -> [Curve] {
        let tail = CrossingTail(sums.tail, model: model)
        func curve(_ name: String, _ value: (Int) -> (value: Double, variance: Double)?) -> Curve {
            let known = tail.speeds.indices.compactMap { k in
                value(k).flatMap { $0.variance.isFinite ? (tail.speeds[k], $0) : nil }
            }
            return Curve(
                name: name, integrator: results.participantName(0), h: nil, x: known.map(\.0),
                y: known.map(\.1.value), standardErrors: known.map { $0.1.variance.squareRoot() })
        }
        return [
            curve(Self.exponent.name, tail.exponent), curve("inverse-moment", tail.inverseMoment),
            fluxDensity(sums, results),
        ]
    }

    /// J(A), how many crossings there are per ms and per unit of speed, from the histogram.
    private func fluxDensity(_ sums: Sums, _ results: ResultBuilder) -> Curve {
        let histogram = sums.speeds
        let time = Double(sums.tail.count) * duration * Double(neurons)
        let bins = histogram.counts.indices.filter { histogram.counts[$0] > 0 }
        let widths = bins.map { time * (histogram.edges[$0 + 1] - histogram.edges[$0]) }
        return Curve(
            name: Curve.fluxDensity, integrator: results.participantName(0), h: nil,
            x: bins.map { (histogram.edges[$0] * histogram.edges[$0 + 1]).squareRoot() },
            y: zip(bins, widths).map { Double(histogram.counts[$0]) / $1 },
            standardErrors: zip(bins, widths).map { Double(histogram.counts[$0]).squareRoot() / $1 })
    }
}
