import SolverProtocol
import SpikingNumerics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Two neurons side by side of which every parameter differs: whose are used, and does I begin where it is told to?
struct UnlikeNeuronsRung: Rung {
    static let name = "unlike neurons"

    func climb(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding {
        let spiking = try await climbIntervals(probe)
        guard spiking.grade == .pass else { return spiking }
        var finding = try await climbCurrents(probe)
        finding.text = spiking.text + "; " + finding.text
        return finding
    }

    // MARK: Intervals

    private static let models = [
        RegularNeuron.model(rest: 0, reset: 0, threshold: 1),
        RegularNeuron.model(
            rest: -0.5, reset: 0.25, threshold: 2, refractoryPeriod: 5 * RegularNeuron.step),
    ]

    /// What a neuron may have from the other by mistake.
    private static let exchanges:
        [(parameter: String, take: @Sendable (inout NeuronModel, NeuronModel) -> Void)] = [
            ("V_th", { $0.threshold = $1.threshold }), ("V_r", { $0.reset = $1.reset }),
            ("t_ref", { $0.refractoryPeriod = $1.refractoryPeriod }), ("mu", { $0.drive = $1.drive }),
        ]

    private func climbIntervals(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding {
        let problem = Problem(
            models: Self.models, modelIndices: [0, 1], network: Network(neuronCount: 2),
            initial: .perNeuron(Self.models.map { .init(voltage: $0.reset, current: 0) }), duration: 16)
        let answer = try await probe.ask(problem, step: RegularNeuron.step)
        let isOnGrid = answer.solved.identity.stamps != .interpolated
        for neuron in 0..<2 {
            let spikes = answer.spikes(neuron: neuron)
            let found = spikes.count > 1 ? spikes[1] - spikes[0] : .infinity
            func explains(_ model: NeuronModel) -> Bool {
                let wanted =
                    Self.interval(model, isOnGrid: isOnGrid) + probe.refractoryPeriod / RegularNeuron.step
                // Two intervals and more do not fit into 64 steps.
                return wanted > 40 ? found == .infinity : abs(found - wanted) < 0.15
            }
            if explains(Self.models[neuron]) { continue }
            let text =
                "neuron \(neuron) of two unlike ones "
                + (found.isFinite ? "fires every \(StepText.number(found)) steps" : "fires once at most")
                + ", where alone it is right"
            let guilty = Self.exchanges.filter { exchange in
                var model = Self.models[neuron]
                exchange.take(&model, Self.models[1 - neuron])
                return explains(model)
            }
            return .init(
                .fail, text,
                diagnosis: guilty.isEmpty
                    ? "every parameter is a list, one value per neuron"
                    : "neuron \(neuron) has \(guilty.map(\.parameter).joined(separator: " or ")) of neuron "
                        + "\(1 - neuron): every parameter is a list, one value per neuron")
        }
        return .init(.pass, "two neurons with other V_th, V_r, t_ref and mu keep their intervals")
    }

    /// From spike to spike, in steps; infinite where V never gets there.
    private static func interval(_ model: NeuronModel, isOnGrid: Bool) -> Double {
        let target = model.asymptoticPotential
        guard target > model.threshold else { return .infinity }
        let period =
            model.membraneTimeConstant * log((target - model.reset) / (target - model.threshold))
            / RegularNeuron.step
        return (isOnGrid ? period.rounded(.up) : period) + model.refractoryPeriod / RegularNeuron.step
    }

    // MARK: Currents

    private static let filters = [4.0, 12]
    private static let currents = [0.5, -0.3]
    private static let duration = 8.0
    /// What a method may make of I/I(0) at the end: Euler's is h T/(2τ²) = 6 % of 1/7 off.
    private static let tolerance = 0.05

    private func climbCurrents(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding {
        let models = Self.filters.map {
            NeuronModel(synapticTimeConstant: $0, threshold: 100, drive: 0, noiseStrength: 0)
        }
        let problem = Problem(
            models: models, modelIndices: [0, 1], network: Network(neuronCount: 2),
            initial: .perNeuron(Self.currents.map { .init(voltage: 0, current: $0) }), duration: Self.duration
        )
        let answer = try await probe.ask(problem, step: RegularNeuron.step)
        for neuron in 0..<2 {
            let left = answer.currents(neuron: neuron).last! / Self.currents[neuron]
            func explains(_ filter: Double) -> Bool {
                abs(left - exp(-Self.duration / filter)) < Self.tolerance
            }
            if !explains(Self.filters[neuron]) {
                let text =
                    "of I(0), neuron \(neuron) has \(StepText.number(left)) left after \(Self.duration) ms"
                let begun = answer.currents(neuron: neuron)[0] / Self.currents[neuron]
                let diagnosis =
                    if abs(begun) < 0.1 {
                        "I does not begin at initial.npy's I"
                    } else if explains(Self.filters[1 - neuron]) {
                        "neuron \(neuron) has tau_s of neuron \(1 - neuron): every parameter is a list, one value per neuron"
                    } else {
                        "tau_s is not used, or in another unit than ms"
                    }
                return .init(.fail, text, diagnosis: diagnosis)
            }
            let gain = models[neuron].synapticKernel(Self.duration)
            let voltage = answer.voltages(neuron: neuron).last! / Self.currents[neuron]
            if abs(voltage / gain - 1) > 3 * Self.tolerance {
                return .init(
                    .fail,
                    "V gains \(StepText.number(voltage)) ms times I(0), where \(StepText.number(gain)) is right",
                    diagnosis: "dV has I dt in it, not divided by a time constant")
            }
        }
        return .init(.pass, "I begins where it is told to, and decays with each neuron's own tau_s")
    }
}
