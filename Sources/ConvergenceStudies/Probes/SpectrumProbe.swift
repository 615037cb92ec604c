import SpikingNumerics

/// All Lyapunov exponents of a network, by the QR method along its paths.
struct SpectrumProbe: PathProbe {
    static let family: MeasureFamily? = MeasureFamily(
        name: "lyapunov-spectrum",
        summary: "all Lyapunov exponents of a network along its paths, and the largest by twins",
        measures: [], needs: [.internals, .smoothCrossings])

    /// The others have its name with other numbers.
    static let largestExponent = ScalarDescriptor(
        name(0), unit: "1/ms", remedy: remedy,
        sentence:
            "The largest Lyapunov exponent of the whole network, per millisecond: negative where all solutions on one "
            + "noise come together. By QR: orthonormal differences carried along the path, through spikes and "
            + "arrivals; by twin: from two solutions. All exponents are in result.json.")
    static let scalars = [largestExponent]
    private static let method = "qr"

    /// - Parameter k: 0 for the largest.
    private static func name(_ k: Int) -> String { "\(family!.name)[\(k + 1)]" }

    static func findings(in study: StudyOutline) -> [Finding] {
        study.isSampled && study.asks(for: family) ? [Finding(largestExponent, method: method)] : []
    }

    /// A spectrum takes as long as the third power of the number of neurons.
    private static let mostNeurons = 200

    static func refusals(of problem: Problem) -> [String] {
        let takes = "\(family!.name) takes at most \(mostNeurons) neurons"
        return (problem.network.neuronCount > mostNeurons ? [takes] : [])
            + LyapunovRefusals.of(family!.name, problem)
    }

    private let participants: Int
    private let problem: Problem

    init?(_ plan: StudyPlan) {
        guard StudyOutline(plan.study).asks(for: Self.family) else { return nil }
        participants = plan.tested.count + 1
        problem = plan.study.problem
    }

    var blank: [SpectrumSums] {
        .init(repeating: SpectrumSums(exponents: TangentFlow.dimension(problem)), count: participants)
    }

    func add(_ path: SampledPath, to sums: inout [SpectrumSums]) {
        for participant in path.participants {
            let spikes = path.neurons.map { path.spikes(of: participant, neuron: $0) }
            do {
                sums[participant].add(
                    try LyapunovSpectrum(
                        problem: problem, spikes: spikes, burnIn: problem.duration / 4,
                        parts: SpectrumSums.parts))
            } catch {
                preconditionFailure("a QR decomposition fails on its sizes alone: \(error)")
            }
        }
    }

    func scalars(_ sums: [SpectrumSums], _ results: ResultBuilder) -> [Scalar] {
        sums.enumerated().flatMap { participant, spectrum in
            let own = (0..<spectrum.exponents).map { k in
                var descriptor = Self.largestExponent
                descriptor.name = Self.name(k)
                return results.scalar(
                    participant, 0, descriptor, method: Self.method,
                    results.estimated(
                        spectrum.mean(k), variance: spectrum.variance(k), count: spectrum.count))
            }
            return results.unlessDiverged(participant, own)
        }
    }

    /// The reference's largest exponents against the time averaged over.
    func curves(_ sums: [SpectrumSums], _ results: ResultBuilder) -> [Curve] {
        guard let spectrum = sums.first, spectrum.count > 1 else { return [] }
        return (0..<min(8, spectrum.exponents)).map { k in
            let parts = 0..<SpectrumSums.parts
            return Curve(
                name: Self.name(k), integrator: results.participantName(0), h: nil,
                x: spectrum.times, y: parts.map { spectrum.mean(k, part: $0) },
                standardErrors: parts.map { spectrum.variance(k, part: $0).squareRoot() })
        }
    }
}
