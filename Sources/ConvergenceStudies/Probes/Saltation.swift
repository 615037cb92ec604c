import SpikingNumerics

/// Lyapunov exponents of V by the saltation factors of a run's spikes.
struct Saltation: PathProbe {
    static let family: MeasureFamily? = MeasureFamily(
        name: "lyapunov",
        summary: "Lyapunov exponent of V by saltation and by twin, for every integrator and step",
        measures: [], needs: .internals)

    static let exponent = ScalarDescriptor(
        "lyapunov-V", unit: "1/ms", remedy: remedy,
        sentence:
            "Exponential rate, per millisecond, at which a small difference of V between two solutions on "
            + "the same noise grows or, where negative, fades. By saltation: the leak plus the mean logarithm "
            + "of the factor by which each spike stretches the difference. By twin: from two trajectories that "
            + "start a little apart. The two methods agree only where a spike's time depends smoothly on V. A reset "
            + "constrained to the grid erases a difference smaller than h times the crossing speed: both twins fire in "
            + "one step and restart from the same V. Twins 10⁻⁴ of the reset height apart then see this degenerate "
            + "tangent map, whose exponent tends to −1/τ_s, the decay of what is left in I, while the saltation "
            + "factors along the same path give the physical exponent.")
    static let scalars = [exponent]
    private static let method = "saltation"

    static func findings(in study: StudyOutline) -> [Finding] {
        isWanted(study) ? [Finding(exponent, method: method)] : []
    }

    /// Under white noise in V twins alone can tell.
    private static func isWanted(_ study: StudyOutline) -> Bool {
        study.isSampled && study.isSmooth && study.asks(for: family)
    }

    static func refusals(of problem: Problem) -> [String] {
        guard problem.isSmooth else { return [] }
        let leavesOut =
            "\(family!.name)'s saltation factors leave out what a spike does to others, and so do not hold for networks "
            + "with feedback"
        return (problem.network.shortestFeedback.isFinite ? [leavesOut] : [])
            + LyapunovRefusals.of(family!.name, problem)
    }

    private let cases: [Range<Int>]
    private let models: [NeuronModel]
    private let participants: Int
    private let duration: Double

    init?(_ plan: StudyPlan) {
        guard Self.isWanted(StudyOutline(plan.study)) else { return nil }
        cases = plan.cases.map(\.neurons)
        models = (0..<plan.study.problem.network.neuronCount).map { plan.study.problem.model(neuron: $0) }
        participants = plan.tested.count + 1
        duration = plan.study.problem.duration
    }

    /// One per participant and case: Σ log of the saltation factors, per neuron and ms.
    var blank: [Moments] {
        .init(repeating: Moments(dimension: 1, levels: 0), count: participants * cases.count)
    }

    func add(_ path: SampledPath, to sums: inout [Moments]) {
        for participant in path.participants {
            for (c, neurons) in cases.enumerated() {
                var saltation = 0.0
                for neuron in neurons {
                    saltation += models[neuron].logSaltation(path.spikes(of: participant, neuron: neuron))
                }
                sums[participant * cases.count + c].add(
                    [saltation / (Double(neurons.count) * duration)], squares: [])
            }
        }
    }

    func scalars(_ sums: [Moments], participant: Int, case c: Int, _ results: ResultBuilder) -> [Scalar] {
        var growth = results.mean(sums[participant * cases.count + c], 0)
        let leak = leakRate(participant, cases[c], results.plan)
        growth.value += leak
        growth.low += leak
        growth.high += leak
        return [results.scalar(participant, c, Self.exponent, method: Self.method, growth)]
    }

    /// How fast a difference in V shrinks between spikes under the integrator's own step, on average over neurons, 1/ms.
    private func leakRate(_ participant: Int, _ neurons: Range<Int>, _ plan: StudyPlan) -> Double {
        let rates = neurons.map { neuron in
            guard participant > 0 else { return -models[neuron].leakRate }
            let tested = plan.tested[participant - 1]
            return tested.integrator.leakRate(
                model: models[neuron], step: plan.forest.width(level: tested.level))
        }
        return rates.reduce(0, +) / Double(neurons.count)
    }
}

/// Where the formulas of Lyapunov exponents do not hold.
enum LyapunovRefusals {
    /// - Parameter name: Of the measure.
    static func of(_ name: String, _ problem: Problem) -> [String] {
        let jumps = problem.network.outgoing.lazy.flatMap { $0 }.map(\.jump)
        let reasons: [(holds: Bool, reason: String)] = [
            (
                problem.models.contains { $0.nonlinearity != nil },
                "\(name)'s formula has the leak of a leaky neuron, and this one is nonlinear"
            ),
            (
                problem.models.contains { $0.refractoryPeriod > 0 },
                "\(name)'s saltation factors hold for neurons without a refractory period (t_ref) only"
            ),
            (
                jumps.contains(.voltage) || problem.inputs.contains { $0.jump == .voltage },
                "\(name)'s saltation factors need a crossing speed, which a spike by a jump of V does not have"
            ),
        ]
        return reasons.filter(\.holds).map(\.reason)
    }
}
