import ConvergenceStudies
import SolverProtocol
import Testing

@Suite("The ladder of conformance")
struct ConformanceLadderTests {
    /// Enough for orders between spikes; the order with spikes may stay open.
    static func climb(_ solver: any PathSolver, mode: SolverRequest.Mode = .strong) async throws
        -> [ConformanceLadder.Finding]
    {
        try await ConformanceLadder(SolverChoice(name: "mine", solver: solver, mode: mode), paths: 64)
            .climb()
    }

    @Test("a solver without faults passes every rung")
    func faultless() async throws {
        let findings = try await ConformanceLadder(SolverChoice(name: "mine", solver: SwiftSolver())).climb()
        #expect(findings.map(\.rung) == ConformanceLadder.rungNames)
        for finding in findings { #expect(finding.grade == .pass, "\(finding)") }
        // It is Euler and Maruyama's method on the same increments, so that both errors are the same.
        let order = try #require(findings.first { $0.rung == "order without spikes" }).text
        let errors = try #require(
            order.firstMatch(of: /strong-final: (.+), order .*; our euler-maruyama (.+)/))
        #expect(errors.1 == errors.2)
    }

    static let faults: [(fault: String, rung: String, words: String)] = [
        ("stamped-early", "spike times", "stamped one step early"),
        ("subtractive-reset", "spike times", "subtracts"),
        ("lost-step", "spike times", "reset comes one step late"),
        ("held-too-shortly", "refractory period", "released one step early"),
        ("ignored-refractoriness", "refractory period", "t_ref is not used"),
        ("late-jumps", "synaptic jumps", "arrive one step late"),
        ("ignored-delays", "synaptic jumps", "delays are not used"),
        ("scaled-weights", "synaptic jumps", "multiplied by neither h"),
        ("noise-times-root-step", "noise", "multiplied by sqrt(h)"),
        ("noise-times-step", "noise", "multiplied by h"),
        ("late-increments", "noise", "one step late"),
        ("reversed-increments", "noise", "reverse order"),
        ("mixed-neurons", "noise", "neurons' increments are mixed up"),
        ("first-path-only", "noise", "increments of path 0"),
        ("forgotten-sigma", "noise", "sigma is left out"),
        ("early-states", "leak", "V after step k - 1"),
        ("forgotten-initial-state", "leak", "does not begin at initial.npy"),
        ("wrong-leak", "leak", "tau_m"),
    ]

    @Test("a fault is named on the first rung that fails", arguments: faults)
    func named(fault: String, rung: String, words: String) async throws {
        let findings = try await Self.climb(SolverFault[fault].solver)
        let failed = try #require(findings.first { $0.grade == .fail }, "\(findings)")
        #expect(failed.rung == rung)
        #expect((failed.text + " " + failed.diagnosis).contains(words), "\(failed)")
    }

    @Test("what a solver does not support is skipped, and the rest is judged")
    func skipped() async throws {
        struct Picky: PathSolver {
            func solve(_ request: SolverRequest) throws -> SolverReply {
                if !request.synapses.targets.isEmpty { throw UnsupportedCase("no synapses") }
                return try SwiftSolver().solve(request)
            }
        }
        let findings = try await Self.climb(Picky())
        let jumps = try #require(findings.first { $0.rung == "synaptic jumps" })
        #expect(jumps.grade == .skipped && jumps.text.contains("no synapses"))
        #expect(!findings.contains { $0.grade == .fail })
    }

    @Test("a solver that cannot do without a refractory period is given one")
    func refractory() async throws {
        struct Slow: PathSolver {
            func solve(_ request: SolverRequest) throws -> SolverReply {
                if request.parameter("t_ref", neuron: 0) == 0 { throw UnsupportedCase("t_ref must not be 0") }
                return try SwiftSolver().solve(request)
            }
        }
        for finding in try await Self.climb(Slow()) {
            #expect(finding.grade == .pass || finding.grade == .note, "\(finding)")
            // Some have refractory periods of their own, or need no spikes.
            let others = ["input while refractory", "network", "independence"]
            #expect(finding.text.contains("t_ref = 2.0 ms") || others.contains(finding.rung))
        }
    }

    /// What 4096 paths do not tell from 1 is five standard errors of the variance, 11 %, and the 5 % that a method may
    /// make of it at this step.
    @Test("noise of a solver's own is judged by its variance", arguments: [1, 1.1, 1.3, 2])
    func weak(ratio: Double) async throws {
        let findings = try await Self.climb(OwnNoise(factor: ratio.squareRoot()), mode: .weak)
        let noise = try #require(findings.first { $0.rung == "noise" })
        #expect(noise.grade == (ratio < 1.2 ? .pass : .fail), "\(noise)")
    }

    /// Draws increments with a standard deviation that is wrong by a factor.
    private struct OwnNoise: PathSolver {
        var factor: Double

        func solve(_ request: SolverRequest) throws -> SolverReply {
            var own = request
            if request.mode == .weak {
                var generator = Normals(seed: request.seed)
                let deviation = factor * request.step.squareRoot()
                own.mode = .strong
                own.increments = (0..<request.paths.count * request.steps * request.neuronCount).map { _ in
                    deviation * generator.next()
                }
            }
            return try SwiftSolver().solve(own)
        }
    }
}
