import Foundation
import Subprocess
import Testing

extension SmallStudy {
    /// Six blocks, the last one short; a few hundred ms.
    static let longer = text.replacing("paths: 2048", with: "paths: 6000")
        .replacing("[strong-final, count-mismatch]", with: "[strong-final, spike-times]")

    /// Compares reports byte for byte, apart from the host and time of the result's header and of the page.
    static func expectSame(
        _ directory: String, resultName: String = "result.json", as expected: String,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(
            try withoutHostAndTime("\(directory)/\(resultName)")
                == withoutHostAndTime("\(expected)/result.json"), sourceLocation: location)
        for name in ["rows.csv", "crossing-speeds.csv"] {
            let (one, other) = (
                try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)")),
                try Data(contentsOf: URL(fileURLWithPath: "\(expected)/\(name)"))
            )
            #expect(one == other && !one.isEmpty, "\(name)", sourceLocation: location)
        }
        #expect(FileManager.default.fileExists(atPath: "\(directory)/report.html"), sourceLocation: location)
    }

    /// The bytes of a result but for the lines of `host` and `time`.
    private static func withoutHostAndTime(_ path: String) throws -> String {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let host = try #require(text.firstRange(of: /"host" : ".*",\n/))
        let time = try #require(text.firstRange(of: /"time" : \{[^\]]*\][^}]*\}/))
        return text.replacingCharacters(in: time, with: "").replacingCharacters(in: host, with: "")
    }
}

extension Tool {
    /// Runs the tool and does something meanwhile.
    ///
    /// - Parameters:
    ///   - signal: Sent to it after `body`, unless it has come to its end by then.
    static func run(
        _ arguments: [String], signal: Subprocess.Signal? = nil, meanwhile body: () async throws -> Void
    ) async throws -> (status: TerminationStatus, errors: String) {
        let result = try await Subprocess.run(
            .path(.init(path)), arguments: Arguments(arguments), input: .none, output: .discarded,
            error: .string(limit: 1 << 20)
        ) { execution in
            try await body()
            if let signal { try? execution.send(signal: signal) }
        }
        return (result.terminationStatus, result.standardError)
    }

    /// Runs the tool and sends it a signal as soon as a file is there.  A shell watches for it, since this process's own tasks
    /// may wait long for their turn among other tests.
    static func run(
        _ arguments: [String], signal: String, once file: String
    ) async throws -> Outcome {
        let watch = "(while [ ! -e '\(file)' ]; do sleep 0.002; done; kill -\(signal) $$) &"
        return try await shell("\(watch) exec $tool \(arguments.map { "'\($0)'" }.joined(separator: " "))")
    }

    /// Runs a shell command line in which `$tool` is the executable.
    static func shell(_ command: String, environment: [Environment.Key: String?] = [:]) async throws
        -> Outcome
    {
        let result = try await Subprocess.run(
            .path("/bin/bash"), arguments: ["-c", command],
            environment: .inherit.updating(environment.merging(["tool": path]) { $1 }),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        var code: Int32?
        if case .exited(let status) = result.terminationStatus { code = status }
        return Outcome(code: code, output: result.standardOutput, errors: result.standardError)
    }

    /// Waits until a file is there, for half a minute at most.
    static func wait(for file: String) async throws {
        for _ in 0..<15_000 where !FileManager.default.fileExists(atPath: file) {
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}
