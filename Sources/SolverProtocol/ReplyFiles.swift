import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Reads what a solver wrote: `reply.json`, `spikes.npy` and `states.npy`.
package enum ReplyFiles {
    package static let name = "reply.json"
    private static let largestReply = 1 << 20
    /// 64 spikes of one neuron.
    private static let mostNumbersPerStep = 3.0 * 64

    private struct Reply: Decodable {
        var `protocol`: Int
        var solver, version, method, precision, stamps: String
        var delays: String?
    }

    /// - Throws: `SolverError` of kind `missing` or `malformed`.
    package static func read(_ directory: URL, request: SolverRequest) throws(SolverError) -> SolverReply {
        try read(request: request) { (name) throws(SolverError) in
            try bytes(name, in: directory, atMost: largestSize(of: name, request))
        }
    }

    /// - Parameter contents: What a file holds, by its name.
    /// - Throws: `SolverError` of kind `malformed`, and what `contents` throws.
    package static func read(
        request: SolverRequest, contents: (String) throws(SolverError) -> Data
    ) throws(SolverError) -> SolverReply {
        let (identity, delays) = try identity(try contents(name))
        var reply = SolverReply(to: request, identity: identity)
        reply.delays = delays
        reply.spikes = try spikes(try array("spikes.npy", contents))
        let states = try array("states.npy", contents)
        let wanted = [request.paths.count, request.recordedSteps.count, request.neuronCount, 2]
        guard states.shape == wanted else {
            throw SolverError(
                .malformed,
                "states.npy has the shape \(states.shape) where [paths, recorded steps, neurons, 2] = \(wanted) is wanted"
            )
        }
        reply.states = states.values
        return reply
    }

    /// A larger file is refused without being read, and so is one that never ends.
    private static func bytes(
        _ name: String, in directory: URL, atMost largestSize: Int
    ) throws(SolverError) -> Data {
        let file = directory.appending(path: name)
        var status = stat()
        guard stat(file.path, &status) == 0 else { throw missing(name) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SolverError(.malformed, "\(name) is no regular file")
        }
        guard status.st_size <= largestSize else {
            throw SolverError(
                .malformed, "\(name) has \(status.st_size) bytes, more than a reply can need (\(largestSize))"
            )
        }
        guard let data = try? Data(contentsOf: file) else { throw missing(name) }
        return data
    }

    private static func missing(_ name: String) -> SolverError {
        SolverError(.missing, "there is no \(name) in its reply")
    }

    /// Room for far more spikes than neurons can fire, and for the states of every step, whose shape is refused by name.
    private static func largestSize(of name: String, _ request: SolverRequest) -> Int {
        guard name.hasSuffix(".npy") else { return largestReply }
        let places = Double(request.paths.count) * Double(request.neuronCount) * Double(request.steps + 1)
        return NPY.largestHeaderSize + 8 * Int(min(places * mostNumbersPerStep, 0x1p56))
    }

    private static func array(
        _ name: String, _ contents: (String) throws(SolverError) -> Data
    ) throws(SolverError) -> NPY {
        let data = try contents(name)
        do {
            return try NPY(data)
        } catch {
            throw SolverError(error.kind, "\(name) \(error.message)")
        }
    }

    private static func identity(_ data: Data) throws(SolverError) -> (SolverIdentity, DelayRounding) {
        let reply: Reply
        do {
            reply = try JSONDecoder().decode(Reply.self, from: data)
        } catch {
            throw SolverError(.malformed, "\(name) \(reason(error))")
        }
        guard reply.protocol == SolverRequest.protocolVersion else {
            throw SolverError(
                .malformed,
                "\(name) has protocol \(reply.protocol) where \(SolverRequest.protocolVersion) is spoken")
        }
        guard let stamps = SolverIdentity.Stamps(rawValue: reply.stamps) else {
            let known = SolverIdentity.Stamps.allCases.map(\.rawValue).joined(separator: ", ")
            throw SolverError(
                .malformed, "\(name) has the unknown \"stamps\": \"\(reply.stamps)\"; known are \(known)")
        }
        guard let delays = DelayRounding(rawValue: reply.delays ?? DelayRounding.exact.rawValue) else {
            let known = DelayRounding.allCases.map(\.rawValue).joined(separator: ", ")
            throw SolverError(
                .malformed,
                "\(name) has the unknown \"delays\": \"\(reply.delays ?? "")\"; known are \(known)")
        }
        guard !reply.solver.isEmpty, !reply.version.isEmpty else {
            throw SolverError(.malformed, "\(name) leaves \"solver\" or \"version\" empty")
        }
        let identity = SolverIdentity(
            solver: reply.solver, version: reply.version, method: reply.method, precision: reply.precision,
            stamps: stamps)
        return (identity, delays)
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "lacks the key \"\(key.stringValue)\""
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "has the wrong type of value at \"\(context.codingPath.map(\.stringValue).joined(separator: "."))\""
        default: "is no JSON"
        }
    }

    /// Rows of path, neuron and time.
    private static func spikes(_ array: NPY) throws(SolverError) -> [SolverReply.Spike] {
        guard array.shape.count == 2, array.shape[1] == 3 else {
            throw SolverError(
                .malformed,
                "spikes.npy has the shape \(array.shape) where [spikes, 3] is wanted: path, neuron, time")
        }
        var spikes: [SolverReply.Spike] = []
        spikes.reserveCapacity(array.shape[0])
        for row in 0..<array.shape[0] {
            let (path, neuron) = (array.values[3 * row], array.values[3 * row + 1])
            guard let path = Int(exactly: path), let neuron = Int(exactly: neuron) else {
                throw SolverError(
                    .malformed, "spikes.npy, row \(row): path \(path) and neuron \(neuron) must be integers")
            }
            spikes.append(.init(path: path, neuron: neuron, time: array.values[3 * row + 2]))
        }
        return spikes
    }
}
