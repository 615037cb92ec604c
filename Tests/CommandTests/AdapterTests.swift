import Foundation
import Testing

/// The simulators that `convergence/solvers/setup` has installed climb the ladder through their adapters.
///
/// Slow: each needs seconds only to start.
@Suite(
    "Slow: adapters of simulators", .serialized,
    .enabled(
        if: ProcessInfo.processInfo.environment["SPIKEVERIFY_SLOW"] == "1", "set SPIKEVERIFY_SLOW=1"))
struct AdapterTests {
    static func python(_ solver: String) -> String {
        Templates.folder + "/../../.build/solvers/\(solver)/bin/python3"
    }

    static func isReady(_ solver: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: python(solver))
    }

    /// - Parameter faults: Rungs that are known to fail, each with the ladder's words for it.
    private func climb(_ solver: String, _ method: String, faults: [String: String] = [:]) async throws {
        let outcome = try await Tool.run(
            "solver", "test", "--method", method, "--paths", "512", "--", Self.python(solver),
            "\(Templates.folder)/\(solver)/solver.py")
        #expect(outcome.code == (faults.isEmpty ? 0 : 1), "\(outcome.output) \(outcome.errors)")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        let failed = lines.indices.filter { lines[$0].contains("  FAIL  ") }
        #expect(failed.count == faults.count, "\(outcome.output)")
        for (rung, words) in faults {
            let place = try #require(failed.first { lines[$0].hasPrefix(rung) }, "\(outcome.output)")
            #expect(lines[place...].prefix(2).joined().contains(words), "\(outcome.output)")
        }
        #expect(lines.last?.hasPrefix("12 rungs: ") == true)
    }

    @Test(
        "Brian2 releases V one step early, and is right otherwise",
        .enabled(if: isReady("brian2"), "first: convergence/solvers/setup brian2"),
        arguments: ["euler", "exponential_euler", "exact"])
    func brian2(method: String) async throws {
        try await climb("brian2", method, faults: ["refractory period": "released one step early"])
    }

    @Test(
        "NEST is right", .enabled(if: isReady("nest"), "first: convergence/solvers/setup nest"),
        arguments: ["iaf_psc_exp", "iaf_psc_exp_ps"])
    func nest(method: String) async throws { try await climb("nest", method) }

    @Test(
        "snnTorch subtracts at a spike, unless told otherwise",
        .enabled(if: isReady("snntorch"), "first: convergence/solvers/setup snntorch"),
        arguments: ["subtract", "zero-at-once"])
    func snntorch(method: String) async throws {
        try await climb("snntorch", method, faults: method == "subtract" ? ["spike times": "subtracts"] : [:])
    }

    @Test(
        "Brian2's euler is our Euler-Maruyama",
        .enabled(if: isReady("brian2"), "first: convergence/solvers/setup brian2"))
    func brian2InStudy() async throws {
        let scratch = try Scratch()
        let command =
            "[\(Self.python("brian2")), \(Templates.folder)/brian2/solver.py, \"{request}\", \"{reply}\"]"
        let file = try scratch.file("s.yaml", SolverCommandTests.study(command, more: ", method: euler"))
        let outcome = try await Tool.run("run", file, "--out", scratch.path + "/out")
        #expect(outcome.code == 0, "\(outcome.errors)")
        let values = try SolverCommandTests.compared(scratch.path + "/out/small/result.json")
        #expect(!values.isEmpty)
        for (ours, its) in values { #expect(abs(ours - its) <= 1e-12) }
    }
}

extension SolverCommandTests {
    /// The values of Euler-Maruyama and of the solver in a result, row by row.
    static func compared(_ result: String) throws -> [(ours: Double, its: Double)] {
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: result)))
        let rows = (json as? [String: Any])?["rows"] as? [[String: Any]] ?? []
        func values(_ integrator: String) -> [Double] {
            rows.filter { $0["integrator"] as? String == integrator }.map { $0["value"] as? Double ?? .nan }
        }
        return Array(zip(values("euler-maruyama"), values("mine")))
    }
}
