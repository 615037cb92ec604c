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
    /// Runs the tool and sends it a signal.
    ///
    /// - Parameter moment: Waits until it is to be sent.
    static func run(
        _ arguments: [String], signal: Subprocess.Signal, when moment: () async throws -> Void
    ) async throws -> (status: TerminationStatus, errors: String) {
        let result = try await Subprocess.run(
            .path(.init(path)), arguments: Arguments(arguments), input: .none, output: .discarded,
            error: .string(limit: 1 << 20)
        ) { execution in
            try await moment()
            // It may have come to its end by now.
            try? execution.send(signal: signal)
        }
        return (result.terminationStatus, result.standardError)
    }
}
