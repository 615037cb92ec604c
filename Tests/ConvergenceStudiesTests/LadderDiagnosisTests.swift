import ConvergenceStudies
import SolverProtocol
import Testing

/// Every diagnosis that the ladder can give, for a solver that has just that fault.
@Suite("Diagnoses of the ladder")
struct LadderDiagnosisTests {
    private static func increments(
        _ name: String, _ place: @escaping @Sendable (_ step: Int, _ neuron: Int) -> (Int, Int)
    ) -> SolverFault {
        SolverFault(name, "increments are taken from elsewhere") {
            $0.increment = { request, path, step, neuron in
                let (step, neuron) = place(step, neuron)
                guard (0..<request.steps).contains(step) else { return 0 }
                return request.increment(path: path, step: step, neuron: neuron)
            }
        }
    }

    private static func noise(_ name: String, _ factor: @escaping @Sendable (Double, Double) -> Double)
        -> SolverFault
    {
        SolverFault(name, "σ is multiplied by a factor of h and τ_s") {
            $0.read = { neuron, h in neuron.sigma *= factor(h, neuron.synapse) }
        }
    }

    private static func period(_ name: String, times factor: Double) -> SolverFault {
        SolverFault(name, "refractory periods are too long") {
            $0.read = { neuron, _ in neuron.refractory *= factor }
        }
    }

    static let diagnoses: [(fault: SolverFault, rung: String, words: String)] = [
        (noise("doubled-noise") { _, _ in 2 }, "noise", "every increment is used twice"),
        (noise("noise-over-step") { h, _ in 1 / h }, "noise", "divided by h"),
        (noise("noise-over-root-step") { h, _ in 1 / h.squareRoot() }, "noise", "divided by sqrt(h)"),
        (noise("noise-over-tau") { _, tau in 1 / tau }, "noise", "divided by tau_s"),
        (
            noise("sigma-for-stationary-deviation") { _, tau in (2 / tau).squareRoot() }, "noise",
            "the standard deviation of I"
        ),
        (
            SolverFault("one-sigma-for-all", "every neuron has the first one's σ") {
                $0.increment = { request, path, step, neuron in
                    request.increment(path: path, step: step, neuron: neuron)
                        * request.parameter("sigma", neuron: 0) / request.parameter("sigma", neuron: neuron)
                }
            }, "noise", "all neurons have the sigma of neuron 0"
        ),
        (increments("later-increments") { ($0 - 2, $1) }, "noise", "two steps late"),
        (increments("early-increments") { ($0 + 1, $1) }, "noise", "one step early"),
        (increments("one-noise-for-all") { step, _ in (step, 0) }, "noise", "the increments of neuron 0"),
        (SolverFault["no-noise"], "noise", "I does not move with the increments"),
        (SolverFault["weight-sign"], "synaptic jumps", "the weight's sign is lost"),
        (SolverFault["wrong-target"], "synaptic jumps", "neuron 1 receives nothing"),
        (
            SolverFault("mixed-weights", "a neuron's synapses have each other's weights") {
                $0.wire = { synapse, _, request in
                    synapse.weight = request.synapses.weights.first { $0 != synapse.weight } ?? synapse.weight
                }
            }, "synaptic jumps", "the synapses' weights are mixed up"
        ),
        (
            SolverFault("scaled-inhibition", "negative weights are multiplied by h") {
                $0.wire = { synapse, _, request in
                    if synapse.weight < 0 { synapse.weight *= request.step }
                }
            }, "synaptic jumps", "I of neuron 2 jumps by 0.25 times the weight"
        ),
        (
            SolverFault("longer-delays", "delays take one step more") {
                $0.wire = { synapse, _, request in if synapse.delay > 0 { synapse.delay += request.step } }
            }, "synaptic jumps", "arrives in time, one with a delay of 4 steps one step late"
        ),
        (
            SolverFault("shorter-delays", "delays take one step less, and at least one") {
                let lag = $0.lag
                $0.lag = { delay, h in delay > 0 ? max(1, lag(delay, h) - 1) : 1 }
            }, "synaptic jumps", "arrives one step late, one with a delay of 4 steps one step early"
        ),
        (period("fourfold-period", times: 4), "refractory period", "V is released 15 steps late"),
        (period("period-in-microseconds", times: 1000), "refractory period", "in another unit than ms"),
    ]

    @Test("fit the fault", arguments: diagnoses)
    func fit(fault: SolverFault, rung: String, words: String) async throws {
        let findings = try await ConformanceLadderTests.climb(fault.solver)
        let failed = try #require(findings.first { $0.grade == .fail }, "\(findings)")
        #expect(failed.rung == rung)
        #expect((failed.text + " " + failed.diagnosis).contains(words), "\(failed)")
    }

    @Test("a synapse without delay that takes a step is worth a note")
    func undelayed() async throws {
        let fault = SolverFault("one-step-at-least", "every jump is under way for a step at least") {
            let lag = $0.lag
            $0.lag = { max(1, lag($0, $1)) }
        }
        let findings = try await ConformanceLadderTests.climb(fault.solver)
        let jumps = try #require(findings.first { $0.rung == "synaptic jumps" })
        #expect(jumps.grade == .note)
        #expect(jumps.text.contains("a synapse without delay takes one step"), "\(jumps)")
    }

    @Test("a neuron that has another's parameters is named", arguments: [0, 1])
    func parameters(of owner: Int) async throws {
        struct Mistaken: PathSolver {
            var owner: Int

            func solve(_ request: SolverRequest) throws -> SolverReply {
                var request = request
                if request.neuronCount == 2 {
                    request.model.parameters = request.model.parameters.mapValues {
                        [$0[owner], $0[owner]]
                    }
                }
                return try SwiftSolver().solve(request)
            }
        }
        let findings = try await ConformanceLadderTests.climb(Mistaken(owner: owner))
        let leak = try #require(findings.first { $0.rung == "leak" })
        #expect(leak.grade == .fail)
        #expect(
            leak.diagnosis.hasPrefix("neuron \(1 - owner) has the parameters of neuron \(owner)"), "\(leak)")
    }

    @Test("V over the threshold after the step of a spike was taken before the reset")
    func unreset() async throws {
        // Right but for V after the first spike.
        let hasty = MisreportingSolver { request, reply in
            for path in request.paths.indices {
                guard let spike = reply.spikes.first(where: { $0.path == path && $0.neuron == 0 }) else {
                    continue
                }
                let step = Int((spike.time / request.step).rounded())
                if let record = request.recordedSteps.firstIndex(of: step) {
                    reply.setState(
                        path: path, record: record, neuron: 0,
                        voltage: request.parameter("V_th", neuron: 0), current: 0)
                }
            }
        }
        let findings = try await ConformanceLadderTests.climb(hasty)
        let times = try #require(findings.first { $0.rung == "spike times" })
        #expect(times.grade == .fail && times.diagnosis.contains("taken before the reset"), "\(times)")
    }

    /// Its first spike comes later, but intervals are what the period is added to.
    @Test("neurons that begin with a refractory period have intervals as long as others")
    func refractoryStart() async throws {
        let late = MisreportingSolver { request, reply in
            for k in reply.spikes.indices {
                reply.spikes[k].time += request.parameter("t_ref", neuron: reply.spikes[k].neuron)
            }
            reply.spikes.removeAll { $0.time > request.duration }
        }
        let findings = try await ConformanceLadderTests.climb(late)
        let period = try #require(findings.first { $0.rung == "refractory period" })
        #expect(period.grade == .pass && period.text.contains("intervals 5 steps longer"), "\(period)")
    }

    @Test("an error of order 1/2 is no error of order 1")
    func order() async throws {
        // What is too much in V falls with √h, and outweighs the method's own error, which falls with h.
        let fault = Self.noise("noise-one-plus-root-step") { h, _ in 1 + h.squareRoot() }
        let findings = try await ConformanceLadderTests.climb(fault.solver)
        let smooth = try #require(findings.first { $0.rung == "order without spikes" })
        #expect(smooth.grade == .fail, "\(smooth)")
        #expect(smooth.diagnosis.contains("V converges to something else"))
    }
}
