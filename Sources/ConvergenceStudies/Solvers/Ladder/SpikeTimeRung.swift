import SolverProtocol
import SpikingNumerics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A neuron that fires every 10.4 steps, and so little leak that every method agrees about the step.
struct RegularNeuron {
    static let step = 0.25
    /// Between spikes, in steps.
    static let period = 10.4
    /// Of the first spike and of every interval on the grid.
    static let gridPeriod = 11.0

    /// Two neurons of different scale and rest.
    static let models = [
        model(rest: 0, reset: 0, threshold: 1), model(rest: -0.5, reset: 0.25, threshold: 2),
    ]

    static func model(
        rest: Double, reset: Double, threshold: Double, refractoryPeriod: Double = 0, period: Double = period
    ) -> NeuronModel {
        // V∞ for which V takes so many steps from the reset to the threshold.
        let tau = 400.0
        let growth = exp(period * step / tau)
        let target = (threshold * growth - reset) / (growth - 1)
        return NeuronModel(
            membraneTimeConstant: tau, restingPotential: rest, threshold: threshold, reset: reset,
            drive: (target - rest) / tau, noiseStrength: 0, refractoryPeriod: refractoryPeriod)
    }

    static func problem(_ model: NeuronModel) -> Problem {
        Problem(model: model, initial: .fixed(voltage: model.reset, current: 0), duration: 32)
    }
}

/// Spikes without noise: when the first one is, and what the reset does.
struct SpikeTimeRung: Rung {
    static let name = "spike times"

    func climb(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding {
        let simple = try await climb(probe, neuron: 0)
        guard simple.grade == .pass else { return simple }
        do {
            let other = try await climb(probe, neuron: 1)
            return other.grade == .pass ? simple : other
        } catch let unsupported as UnsupportedCase {
            return .init(
                .pass, "\(simple.text); with V_r other than E_L not supported: \(unsupported.reason)")
        }
    }

    private func climb(_ probe: SolverProbe, neuron: Int) async throws -> ConformanceLadder.Finding {
        let model = RegularNeuron.models[neuron]
        let answer = try await probe.ask(RegularNeuron.problem(model), step: RegularNeuron.step)
        let stamps = answer.solved.identity.stamps
        let spikes = answer.spikes(neuron: 0)
        guard spikes.count >= 2 else {
            return .init(
                .fail, "\(spikes.count) spikes in 128 steps, where one every 10.4 steps is right",
                diagnosis: "V_th, V_r or mu is not used, or spikes are lost on their way to spikes.npy")
        }
        let held = probe.refractoryPeriod / RegularNeuron.step
        let first = stamps == .interpolated ? RegularNeuron.period : RegularNeuron.gridPeriod
        if let finding = check(first: spikes[0], first, stamps)
            ?? check(interval: spikes[1] - spikes[0] - held, isOnGrid: stamps != .interpolated)
        {
            return finding
        }
        if let finding = checkDrift(zip(spikes.dropFirst(), spikes).map { $0 - $1 }) { return finding }
        if stamps != .interpolated {
            let after = answer.voltages(neuron: 0)[Int(spikes[0].rounded()) - 1]
            if let finding = check(voltage: after, model) { return finding }
        }
        let seen = spikes.prefix(3).map { StepText.number($0) }.joined(separator: ", ")
        return .init(.pass, "the exact neuron needs 10.4 steps to a spike, this one fires after \(seen)")
    }

    private func check(
        first: Double, _ expected: Double, _ stamps: SolverIdentity.Stamps
    ) -> ConformanceLadder.Finding? {
        let shift = first - expected
        guard abs(shift) > 0.1 else { return nil }
        guard abs(shift - shift.rounded()) <= 0.1 else {
            return .init(
                .fail, "the first spike is after \(StepText.number(first)) steps, not \(expected)",
                diagnosis: "a spike is placed wrongly inside its step, or mu is wrong")
        }
        let steps = Int(shift.rounded())
        let remedy =
            switch (stamps, steps) {
            case (.stepEnd, -1): "declare \"stamps\": \"step-start\", or add h to the times in spikes.npy"
            case (.stepStart, 1):
                "declare \"stamps\": \"step-end\": h is added to times stamped with starts of steps"
            default:
                "the clock of spikes.npy begins at another time than that of the request, or the drive does"
            }
        return .init(
            .fail,
            "your spikes are stamped \(StepText.shift(steps)): the first is after \(StepText.number(first)) steps, not \(expected)",
            diagnosis: remedy)
    }

    /// On the grid the part of the step after the spike is lost; a solver that locates spikes may keep it.
    private func check(interval: Double, isOnGrid: Bool) -> ConformanceLadder.Finding? {
        let right = isOnGrid ? [11.0] : [10.4, 11.0]
        guard !right.contains(where: { abs($0 - interval) <= 0.1 }) else { return nil }
        let text =
            "spikes are \(StepText.number(interval)) steps apart, not \(right.map { "\($0)" }.joined(separator: " or "))"
        switch interval - RegularNeuron.gridPeriod {
        case -1.1...(-0.9):
            return .init(
                .fail, text,
                diagnosis: "the reset subtracts V_th - V_r and keeps the overshoot: V must be set to V_r")
        case 0.9...:
            return .init(
                .fail, text,
                diagnosis:
                    "the reset comes \(StepText.shift(Int((interval - 11).rounded()))), or a refractory period of its own holds V"
            )
        default: return .init(.fail, text, diagnosis: "V is not set to V_r at a spike")
        }
    }

    /// A neuron under constant drive forgets everything at a spike.
    private func checkDrift(_ intervals: [Double]) -> ConformanceLadder.Finding? {
        guard let other = intervals.first(where: { abs($0 - intervals[0]) > 0.1 }) else { return nil }
        return .init(
            .fail,
            "spikes are \(StepText.number(intervals[0])) steps apart at first and \(StepText.number(other)) later",
            diagnosis:
                "something is carried from spike to spike: V_th, mu and all other parameters stay as they are"
        )
    }

    private func check(voltage: Double, _ model: NeuronModel) -> ConformanceLadder.Finding? {
        guard abs(voltage - model.reset) > 1e-5 * model.resetHeight else { return nil }
        return .init(
            .fail, "after the step of a spike V is \(StepText.number(voltage)), not V_r = \(model.reset)",
            diagnosis: voltage >= model.threshold
                ? "states are taken before the reset, or the reset comes a step late"
                : "the reset subtracts V_th - V_r and keeps the overshoot: V must be set to V_r")
    }
}

/// How long V is held after a spike.
struct RefractoryRung: Rung {
    static let name = "refractory period"
    private static let steps = 5.0

    func climb(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding {
        var intervals: [Double] = []
        for period in [Self.steps * RegularNeuron.step, 0] {
            let model = RegularNeuron.model(rest: 0, reset: 0, threshold: 1, refractoryPeriod: period)
            let answer = try await probe.ask(RegularNeuron.problem(model), step: RegularNeuron.step)
            let spikes = answer.spikes(neuron: 0)
            guard spikes.count >= 2 else {
                return .init(
                    .fail, "there is no second spike within 128 steps",
                    diagnosis: "t_ref is in another unit than ms, or V never comes back from it")
            }
            intervals.append(spikes[1] - spikes[0])
        }
        let held = intervals[0] - intervals[1]
        let text = "t_ref = 5 steps makes intervals \(StepText.number(held)) steps longer"
        switch held - Self.steps {
        case -0.1...0.1: return .init(.pass, text)
        case -5.1...(-4.9): return .init(.fail, text, diagnosis: "t_ref is not used")
        case let shift:
            return .init(
                .fail, text, diagnosis: "V is released \(StepText.shift(Int(shift.rounded())))")
        }
    }
}
