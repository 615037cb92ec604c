import Foundation
import Subprocess

/// The built executable, run the way a shell runs it.
enum Tool {
    struct Outcome {
        var code: Int32?
        var output: String
        var errors: String
    }

    /// It lies beside the test bundle.
    static var path: String {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let candidates = sequence(first: bundle) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }
            .prefix(4)
            .map { $0.appendingPathComponent("spikeverify").path }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? candidates[0]
    }

    static func run(_ arguments: String...) async throws -> Outcome { try await run(arguments) }

    /// - Parameter environment: Added to that of the test, of which nothing says that this is a CI service.
    static func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Outcome {
        try await run(.path(.init(path)), arguments, environment: environment)
    }

    /// A program by its name; nil where this machine does not have it.
    static func find(_ name: String) -> Executable? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile(atPath:)).map
        {
            .path(.init($0))
        }
    }

    /// Any program.
    static func run(
        _ executable: Executable, _ arguments: [String], environment: [String: String] = [:],
        in directory: String? = nil
    ) async throws -> Outcome {
        let noService = ["CI": "", "GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": "", "GITLAB_CI": ""]
        let added = noService.merging(environment) { $1 }
        let result = try await Subprocess.run(
            executable, arguments: Arguments(arguments),
            environment: .inherit.updating(
                Dictionary(uniqueKeysWithValues: added.map { (.init(stringLiteral: $0), $1) })),
            workingDirectory: directory.map { .init($0) }, output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        var code: Int32?
        if case .exited(let status) = result.terminationStatus { code = status }
        return Outcome(code: code, output: result.standardOutput, errors: result.standardError)
    }
}

/// A directory of its own for a test, removed at its end.
final class Scratch {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory.appendingPathComponent("spikeverify-" + UUID().uuidString)
            .path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and returns its path.
    func file(_ name: String, _ text: String) throws -> String {
        let path = self.path + "/" + name
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        return path
    }

    /// Everything in it, below it, too.
    var content: [String] {
        (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
    }
}

/// A study that runs in an instant.
enum SmallStudy {
    static let text = """
        study: small
        problem:
          parameters: {tau_m: 20, tau_s: 5, V_th: 1, V_r: 0, mu: 0.1, sigma: 0.02}
          duration: 20
        integrators: [euler-maruyama]
        steps: [0.5, 0.25]
        measures: [strong-final, count-mismatch]
        sampling: {paths: 2048}

        """

    /// With the threshold out of reach of the noise, so that the error is that of a linear equation on every path.
    static let silent = text.replacing("mu: 0.1, sigma: 0.02", with: "mu: 0.01, sigma: 0.001")
}
