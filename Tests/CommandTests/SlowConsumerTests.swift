import Foundation
import Subprocess
import Testing

/// Builds the consumer package, and this one with it once more: some ten minutes of one core.
@Suite(
    "Consumer package", .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["SPIKEVERIFY_SLOW"] == "1"))
struct SlowConsumerTests {
    @Test("its programs run and find what the articles say they find")
    func programs() async throws {
        let swift = try #require(Tool.find("swift"))
        let package = ["--package-path", Consumer.folder, "-c", "release"]
        let build = try await Tool.run(swift, ["build"] + package)
        #expect(build.code == 0, "\(build.output.suffix(2000))")
        for program in Consumer.programs {
            let outcome = try await Tool.run(
                swift, ["run", "--skip-build"] + package + [program], in: Documentation.root)
            #expect(outcome.code == 0, "\(outcome.errors.suffix(500))")
            let expected = try #require(Self.findings[program], "a program that no test knows")
            for finding in expected {
                #expect(outcome.output.contains(finding), "\(program): \(outcome.output)")
            }
        }
    }

    static let findings: [String: [String]] = [
        "GettingStarted": ["root mean square of 1024 paths", "path 1023: missed"],
        "ExactEventReference": [" 0 without a partner"],
        "AddAScheme": ["trapezoidal+linear strong-final", "verdict: pass"],
        "RunAStudy": ["16384 of 16384 paths", "euler-maruyama, strong-final: pass"],
        "VerifyYourSolver": ["handshake: pass", "order with spikes: pass", "verdict: pass"],
        "SolverType": ["handshake: pass", "leak: fail"],
    ]

    @Test(
        "DocC knows every symbol and article that the articles link to",
        arguments: ["SpikingNumerics", "ConvergenceStudies"])
    func docc(_ module: String) async throws {
        let scratch = try Scratch()
        let graph = try await Tool.run(
            try #require(Tool.find("swift")),
            ["symbolgraph-extract", "-module-name", module, "-minimum-access-level", "public"]
                + ["-target", try await BuiltModules.target(), "-output-dir", scratch.path]
                + BuiltModules.options)
        #expect(graph.code == 0, "\(graph.errors.suffix(500))")
        let outcome = try await Tool.run(
            try #require(Tool.find("docc")),
            ["convert", "\(Documentation.root)/Sources/\(module)/Documentation.docc"]
                + ["--additional-symbol-graph-dir", scratch.path, "--fallback-display-name", module]
                + ["--fallback-bundle-identifier", module, "--output-path", scratch.path + "/site"])
        #expect(outcome.code == 0, "\(outcome.errors.suffix(500))")
        let warnings = (outcome.output + outcome.errors).split(separator: "\n").filter {
            $0.contains("warning: ")
        }
        let links = warnings.filter { !$0.hasSuffix("is missing documentation") }
        #expect(links.isEmpty && !warnings.isEmpty, "\(links)")
    }
}
