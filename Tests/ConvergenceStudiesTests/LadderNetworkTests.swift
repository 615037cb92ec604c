import ConvergenceStudies
import SolverProtocol
import SpikingNumerics
import Testing

/// Faults that show where neurons differ, where they are refractory, and in networks, each named by the rung made for it.
@Suite("The ladder in networks")
struct LadderNetworkTests {
    /// A right solver that is told, or tells, something else.
    struct Altered: PathSolver, CustomStringConvertible {
        var description: String
        var rules = SolverRules()
        var request: @Sendable (inout SolverRequest) -> Void = { _ in }
        var reply: @Sendable (inout SolverReply) -> Void = { _ in }

        func solve(_ asked: SolverRequest) throws -> SolverReply {
            var asked = asked
            request(&asked)
            var reply = try SwiftSolver(rules: rules).solve(asked)
            self.reply(&reply)
            return reply
        }
    }

    static func firstForAll(_ name: String) -> Altered {
        Altered(description: "\(name) of neuron 0 for all") {
            $0.model.parameters[name] = $0.model.parameters[name]!.map {
                [first = $0.model.parameters[name]![0]] _ in first
            }
        }
    }

    static func rewired(
        _ words: String,
        _ keep: @escaping @Sendable (_ source: Int, _ place: Int, SolverRequest.Synapses) -> Bool
    ) -> Altered {
        Altered(description: words) { request in
            let all = request.synapses
            var kept = all
            (kept.offsets, kept.targets, kept.weights) = ([0], [], [])
            (kept.delays, kept.jumps) = ([], [])
            for source in 0..<all.offsets.count - 1 {
                for place in all.offsets[source]..<all.offsets[source + 1] where keep(source, place, all) {
                    kept.targets.append(all.targets[place])
                    kept.weights.append(all.weights[place])
                    kept.delays.append(all.delays[place])
                    kept.jumps.append(all.jumps[place])
                }
                kept.offsets.append(kept.targets.count)
            }
            request.synapses = kept
        }
    }

    static func rounded(_ rule: FloatingPointRoundingRule, declared: DelayRounding = .exact) -> Altered {
        Altered(
            description: "delays rounded \(rule)",
            request: { request in
                let h = request.step
                request.synapses.delays = request.synapses.delays.map { ($0 / h).rounded(rule) * h }
            }, reply: { $0.delays = declared })
    }

    static func held(_ words: String, _ hold: @escaping @Sendable (inout SolverState, SolverState) -> Void)
        -> Altered
    {
        var rules = SolverRules()
        rules.hold = hold
        return Altered(description: words, rules: rules)
    }

    static let faults: [(solver: Altered, rung: String, words: String)] = [
        (firstForAll("V_th"), "unlike neurons", "neuron 1 has V_th of neuron 0"),
        (firstForAll("V_r"), "unlike neurons", "neuron 1 has V_r of neuron 0"),
        (firstForAll("t_ref"), "unlike neurons", "neuron 1 has t_ref of neuron 0"),
        (firstForAll("tau_s"), "unlike neurons", "neuron 1 has tau_s of neuron 0"),
        (
            Altered(description: "I(0) ignored") {
                for k in stride(from: 1, to: $0.initial.count, by: 2) { $0.initial[k] = 0 }
            },
            "unlike neurons", "I does not begin at initial.npy's I"
        ),
        (held("I frozen") { $0.current = $1.current }, "input while refractory", "stands still"),
        (held("I zeroed") { state, _ in state.current = 0 }, "input while refractory", "I is zero while"),
        (
            rewired("no autapses") { source, place, all in all.targets[place] != source }, "network",
            "to itself is left out"
        ),
        (
            rewired("one synapse a pair") { source, place, all in
                !all.targets[place + 1..<all.offsets[source + 1]].contains(all.targets[place])
            }, "network", "one replaces the other"
        ),
        (rounded(.up), "network", "rounded up to whole steps, which the solver does not declare"),
        (rounded(.down), "network", "rounded down to whole steps"),
        (rounded(.toNearestOrEven), "network", "rounded to the nearest whole step"),
        (rounded(.up, declared: .down), "network", "rounded up"),
        (
            Altered(description: "a ring of 32 steps") { request in
                let ring = 32 * request.step
                request.synapses.delays = request.synapses.delays.map { $0 >= ring ? $0 - ring : $0 }
            }, "network", "must have room for them"
        ),
    ]

    @Test("names the fault", arguments: faults.indices)
    func named(_ k: Int) async throws {
        let (solver, rung, words) = Self.faults[k]
        let findings = try await ConformanceLadderTests.climb(solver)
        let failed = try #require(
            findings.first { $0.grade == .fail && $0.rung == rung }, "\(solver): \(findings)")
        #expect((failed.text + " " + failed.diagnosis).contains(words), "\(failed)")
    }

    @Test("notes what a solver declares of its delays", arguments: [FloatingPointRoundingRule.up, .down])
    func declared(_ rule: FloatingPointRoundingRule) async throws {
        let solver = Self.rounded(rule, declared: rule == .up ? .up : .down)
        let findings = try await ConformanceLadderTests.climb(solver)
        let network = try #require(findings.first { $0.rung == "network" })
        #expect(network.grade == .note && network.text.contains("as the solver declares"), "\(network)")
        #expect(!findings.contains { $0.grade == .fail })
    }

    /// Adaptation: every spike of a path raises its threshold.
    @Test("sees what is carried from spike to spike")
    func adaptation() async throws {
        let drifting = MisreportingSolver { request, reply in
            var counts: [[Int]: Int] = [:]
            for k in reply.spikes.indices {
                let spike = reply.spikes[k]
                counts[[spike.path, spike.neuron], default: 0] += 1
                if counts[[spike.path, spike.neuron]]! > 6 { reply.spikes[k].time += request.step }
            }
            reply.spikes.removeAll { $0.time > request.duration }
        }
        let findings = try await ConformanceLadderTests.climb(drifting)
        let times = try #require(findings.first { $0.rung == "spike times" })
        #expect(times.grade == .fail && times.diagnosis.contains("carried from spike to spike"), "\(times)")
    }

    /// Draws its own noise, new for each of these.
    struct Weak: PathSolver {
        var usesSeed = true
        var hasNoisePerNeuron = true
        var hasNoisePerPath = true

        func solve(_ request: SolverRequest) throws -> SolverReply {
            var own = request
            if request.mode == .weak {
                var generator = Normals(seed: usesSeed ? request.seed : 7)
                let (paths, steps, neurons) = (request.paths.count, request.steps, request.neuronCount)
                let numbers = (0..<paths * steps * neurons).map { _ in
                    request.step.squareRoot() * generator.next()
                }
                own.mode = .strong
                own.increments = (0..<paths * steps * neurons).map { place in
                    let (path, rest) = place.quotientAndRemainder(dividingBy: steps * neurons)
                    let neuron = hasNoisePerNeuron ? rest % neurons : 0
                    return numbers[
                        (hasNoisePerPath ? path : 0) * steps * neurons + rest / neurons * neurons + neuron]
                }
            }
            return try SwiftSolver().solve(own)
        }
    }

    @Test(
        "looks for noise that is not new",
        arguments: [
            (Weak(), ""), (Weak(usesSeed: false), "two batches with different seeds"),
            (Weak(hasNoisePerNeuron: false), "two neurons"),
            (Weak(hasNoisePerPath: false), "same value on all paths"),
        ])
    func independence(_ solver: Weak, _ words: String) async throws {
        var rung: ConformanceLadder.Finding?
        // A study whose paths are all alike ends the ladder.
        try? await ConformanceLadder(SolverChoice(name: "own", solver: solver, mode: .weak), paths: 64).climb
        {
            if $0.rung == "independence" { rung = $0 }
        }
        let found = try #require(rung)
        #expect(
            words.isEmpty ? found.grade == .pass : found.grade == .fail && found.text.contains(words),
            "\(found)")
    }

    /// Two batches of 1024 paths.
    @Test("a study ends where a solver repeats its noise in every batch", arguments: [true, false])
    func repeatedBatches(_ usesSeed: Bool) async throws {
        var study = SolverStudyTests.study(
            Problem(duration: 20), [SolverChoice(name: "own", solver: Weak(usesSeed: usesSeed), mode: .weak)],
            paths: 2048, measures: [.init(name: "weak", observable: "cos-V")])
        study.steps = [0.5]
        let run = study
        do {
            _ = try await StudyRunner(study: run, threads: 1).run { _, _ in }
            #expect(usesSeed)
        } catch let error as SolverError {
            #expect(!usesSeed && "\(error)".contains("its noise is not new"), "\(error)")
        }
    }
}
