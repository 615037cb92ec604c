import Foundation
import SolverProtocol

/// A solver in a line of shell, with the request's path as $1 and the reply's as $2.
enum FakeSolver {
    static func run(_ script: String, timeout: Duration = .seconds(600)) async throws -> SolverReply {
        try await CommandSolver(
            command: ["/bin/sh", "-c", script, "sh", "{request}", "{reply}"], timeout: timeout
        ).solve(SmallRequest.request)
    }

    /// The error that a script ends in; its directory is removed.
    static func error(_ script: String, timeout: Duration = .seconds(600)) async throws -> SolverError? {
        do {
            _ = try await run(script, timeout: timeout)
            return nil
        } catch let error as SolverError {
            if let directory = error.directory { try FileManager.default.removeItem(atPath: directory) }
            return error
        }
    }

    /// Shell that writes bytes to a file beside the reply.
    static func write(_ data: Data, to name: String) -> String {
        let octal = data.map { "\\0" + String($0, radix: 8) }.joined()
        return "printf '%b' '\(octal)' > \"$(dirname $2)/\(name)\"; "
    }

    static let identity =
        "{\"protocol\": 1, \"solver\": \"fake\", \"version\": \"1\", \"method\": \"\", \"precision\": \"float64\", \"stamps\": \"step-end\"}"
    static let noSpikes = write(NPY(shape: [0, 3], values: []).bytes, to: "spikes.npy")
    static func states(_ values: [Double]) -> Data { NPY(shape: [2, 4, 2, 2], values: values).bytes }
    static let someStates = write(states(.init(repeating: 0.5, count: 32)), to: "states.npy")
    static let reply = "echo '\(identity)' > $2; "
}
