import Foundation
import SolverProtocol
import SpikingNumerics

/// What solvers hand back.
enum ReplyInputs {
    static func readArray(_ bytes: [UInt8]) {
        do {
            let array = try NPY(Data(bytes))
            let again = try NPY(array.bytes)
            precondition(
                again.shape == array.shape
                    && again.values.map(\.bitPattern) == array.values.map(\.bitPattern), "not the same array")
        } catch {
            expectReason(error)
        }
    }

    static var arraySeeds: [[UInt8]] {
        [
            NPY(shape: [2, 3], values: [1.5, -2, 0, 1e300, .leastNonzeroMagnitude, 0.1]),
            NPY(shape: [0, 3], values: []),
            NPY(shape: [1], values: [.nan]),
            NPY(shape: [2, 1, 2, 2], values: .init(repeating: -1, count: 8)),
        ]
        .map { Array($0.bytes) }
    }

    /// The files of a reply one after the other, after two bytes with the size of each.
    static func read(_ bytes: [UInt8]) {
        var rest = bytes[...]
        var files: [String: Data] = [:]
        for name in ["reply.json", "spikes.npy", "states.npy"] {
            guard rest.count >= 2 else { return }
            let size = Int(rest.removeFirst()) | Int(rest.removeFirst()) << 8
            files[name] = Data(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        do {
            let reply = try ReplyFiles.read(request: request) { files[$0]! }
            let solved = try SolvedPaths(reply, to: request)
            for path in 0..<2 { _ = solved.spikeTimes(path: path, neuron: 0).count }
        } catch {
            expectReason(error)
        }
    }

    /// Two paths of one neuron, eight steps.
    private static let request = SolverRequest(
        problem: Problem(duration: 4), step: 0.5, steps: 8, recordInterval: 8, paths: 16..<18, mode: .weak,
        method: "")

    static var seeds: [[UInt8]] {
        SolverIdentity.Stamps.allCases.map { stamps in
            let identity = """
                {"protocol": 1, "solver": "s", "version": "1", "method": "", "precision": "float64", \
                "stamps": "\(stamps.rawValue)"}
                """
            let spikes = NPY(shape: [3, 3], values: [0, 0, 0.5, 0, 0, 1.5, 1, 0, 3])
            let shape = [2, request.recordedSteps.count, 1, 2]
            let states = NPY(shape: shape, values: .init(repeating: 0.25, count: shape.reduce(1, *)))
            return [Data(identity.utf8), spikes.bytes, states.bytes].flatMap { file in
                [UInt8(file.count & 0xff), UInt8(file.count >> 8)] + Array(file)
            }
        }
    }
}
