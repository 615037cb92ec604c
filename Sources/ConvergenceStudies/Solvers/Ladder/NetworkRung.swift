import SolverProtocol
import SpikingNumerics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One spike through synapses of every sort: to the neuron itself, twice to the same one, with several delays, long ones and such
/// that are no whole number of steps.
struct NetworkRung: Rung {
    static let name = "network"
    private static let step = RegularNeuron.step
    private static let weight = 0.3
    /// So short that a fraction of a step shows in I.
    private static let filter = 1.0
    /// What a method may make of a jump by the end of its step, relatively.
    private static let tolerance = 0.06

    /// A target with the delay of its synapses in steps, and what is probably wrong where nothing fits.
    private struct Case {
        var target: Int
        var weights: [Double]
        var delay: Double
        var words: String
    }

    private static let cases = [
        Case(target: 0, weights: [weight], delay: 6, words: "the synapse of a neuron to itself is left out"),
        Case(
            target: 1, weights: [0.2, 0.1], delay: 3,
            words: "of two synapses between the same neurons one replaces the other: their jumps add up"),
        Case(target: 2, weights: [weight], delay: 9, words: "every synapse has a delay of its own"),
        Case(
            target: 3, weights: [weight], delay: 40,
            words: "what waits for long delays must have room for them: here 40 steps"),
        Case(target: 4, weights: [weight], delay: 2.25, words: ""),
        Case(target: 5, weights: [weight], delay: 2.75, words: ""),
    ]

    func climb(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding {
        var source = RegularNeuron.model(rest: 0, reset: 0, threshold: 1, refractoryPeriod: 100)
        source.synapticTimeConstant = Self.filter
        let target = NeuronModel(
            synapticTimeConstant: Self.filter, threshold: 100, drive: 0, noiseStrength: 0)
        let problem = Problem(
            models: [source, target], modelIndices: [0, 1, 1, 1, 1, 1],
            network: Network(
                neuronCount: 6,
                synapses: Self.cases.flatMap { place in
                    place.weights.map {
                        .init(source: 0, target: place.target, weight: $0, delay: place.delay * Self.step)
                    }
                }),
            initial: .fixed(voltage: 0, current: 0), duration: 16)
        let answer = try await probe.ask(problem, step: Self.step)
        let spikes = answer.spikes(neuron: 0)
        guard let spike = spikes.first, spikes.count == 1 else {
            return .init(
                .fail, "neuron 0, refractory for longer than the run, fires \(spikes.count) times",
                diagnosis: "see the rungs on spike times and the refractory period")
        }
        for place in Self.cases.prefix(4) {
            guard let text = mismatch(answer, place, due: spike + place.delay) else { continue }
            return .init(.fail, text, diagnosis: place.words)
        }
        return judgeRounding(answer, spike: spike)
    }

    /// What is wrong with the arrival at one target; nil where nothing is.
    private func mismatch(_ answer: SolverProbe.Answer, _ place: Case, due: Double) -> String? {
        let wanted = place.weights.reduce(0, +)
        let currents = answer.currents(neuron: place.target)
        let to =
            "neuron \(place.target), to which \(place.weights.count == 1 ? "one synapse leads" : "two synapses lead")"
        guard let arrival = currents.firstIndex(where: { abs($0) > 0.02 * wanted }).map({ $0 + 1 }) else {
            return "\(to) with a delay of \(StepText.number(place.delay)) steps, receives nothing"
        }
        let last = Int((due - 1e-6).rounded(.up))
        guard arrival == last else {
            return
                "\(to) with a delay of \(StepText.number(place.delay)) steps, receives a jump \(StepText.shift(arrival - last))"
        }
        let height = currents[arrival - 1] / wanted
        guard abs(height - Self.height(due: due)) <= Self.tolerance else {
            return
                "I of neuron \(place.target) jumps by \(StepText.number(height)) times what its synapses weigh together"
        }
        return nil
    }

    /// Of a unit jump at this time, in steps, what is left at the end of its step.
    private static func height(due: Double) -> Double {
        exp(-((due - 1e-6).rounded(.up) - due) * step / filter)
    }

    /// What a solver may do with delays that are no whole number of steps.
    private func judgeRounding(_ answer: SolverProbe.Answer, spike: Double) -> ConformanceLadder.Finding {
        let declared = answer.solved.delays
        let fitting = DelayRounding.allCases.first { rounding in
            Self.cases.suffix(2).allSatisfy { place in
                let due = spike + rounding.delay(place.delay)
                return mismatch(answer, place, due: due) == nil
            }
        }
        let passed = "autapses, multapses and delays of 3 to 40 steps are kept"
        switch fitting {
        case .exact where declared == .exact: return .init(.pass, passed + ", and fractions of a step")
        case let found? where found == declared:
            return .init(
                .note, passed + "; delays are \(found.words), as the solver declares",
                diagnosis:
                    "an error of a delay of up to \(found == .nearest ? "half a step" : "a step"), which falls with h"
            )
        case let found?:
            return .init(
                .fail, "delays of 2.25 and 2.75 steps are \(found.words), which the solver does not declare",
                diagnosis:
                    "a jump inside a step acts on I and V by the step's end; a solver that rounds delays says so in reply.json: "
                    + "\"delays\": \"\(found.rawValue)\"")
        case nil:
            let text = Self.cases.suffix(2).lazy.compactMap {
                mismatch(answer, $0, due: spike + declared.delay($0.delay))
            }.first
            return .init(
                .fail, text ?? "", diagnosis: "delays of 2.25 and 2.75 steps come neither in time nor rounded"
            )
        }
    }
}

extension DelayRounding {
    /// - Parameter delay: In steps.
    func delay(_ delay: Double) -> Double {
        switch self {
        case .exact: delay
        case .up: delay.rounded(.up)
        case .down: delay.rounded(.down)
        case .nearest: delay.rounded()
        }
    }

    var words: String {
        switch self {
        case .exact: "exact"
        case .up: "rounded up to whole steps"
        case .down: "rounded down to whole steps"
        case .nearest: "rounded to the nearest whole step"
        }
    }
}
