public import CSolverProtocol

/// A solver that is a C function, see `spikeverify_solver.h`.
public struct FunctionSolver: PathSolver {
    public let name: String
    private let function:
        @Sendable @convention(c) (
            UnsafePointer<spikeverify_request>?, UnsafeMutablePointer<spikeverify_reply>?
        ) -> Int32

    /// - Parameter function: Safe to call from several threads at a time.
    public init(
        name: String,
        function:
            @escaping @Sendable @convention(c) (
                UnsafePointer<spikeverify_request>?, UnsafeMutablePointer<spikeverify_reply>?
            ) -> Int32
    ) {
        self.name = name
        self.function = function
    }

    public func solve(_ request: SolverRequest) throws -> SolverReply {
        let sink = SpikeSink()
        var raw = spikeverify_reply()
        raw.stamps = SPIKEVERIFY_STEP_END
        raw.spikes = Unmanaged.passUnretained(sink).toOpaque()
        raw.spike = { sink, path, neuron, time in
            Unmanaged<SpikeSink>.fromOpaque(sink!).takeUnretainedValue().spikes.append(
                .init(path: path, neuron: neuron, time: time))
        }
        var reply = SolverReply(to: request, solver: name, version: "", stamps: .stepEnd)
        let code = withExtendedLifetime(sink) {
            reply.states.withUnsafeMutableBufferPointer { states in
                raw.states = states.baseAddress
                return withRaw(request) { function($0, &raw) }
            }
        }
        switch code {
        case 0: break
        case Int32(SPIKEVERIFY_UNSUPPORTED): throw UnsupportedCase("\(name) returned \(code)")
        default: throw SolverError(.failure, "the function returned \(code)")
        }
        reply.spikes = sink.spikes
        func text(_ pointer: UnsafePointer<CChar>?, or fallback: String) -> String {
            pointer.map { String(cString: $0) } ?? fallback
        }
        reply.identity.version = text(raw.version, or: "unknown")
        reply.identity.method = text(raw.method, or: request.method)
        reply.identity.precision = text(raw.precision, or: "float64")
        reply.identity.stamps =
            switch raw.stamps {
            case SPIKEVERIFY_STEP_START: .stepStart
            case SPIKEVERIFY_INTERPOLATED: .interpolated
            default: .stepEnd
            }
        return reply
    }

    private final class SpikeSink {
        var spikes: [SolverReply.Spike] = []
    }

    /// Calls `body` with the request in C's terms, which holds for the call only.
    private func withRaw(
        _ request: SolverRequest, _ body: (UnsafePointer<spikeverify_request>) -> Int32
    ) -> Int32 {
        let keeper = PointerKeeper()
        let names = request.model.parameters.keys.sorted()
        let jumps = SolverRequest.Jump.allCases
        func code(_ jump: SolverRequest.Jump) -> Int { jumps.firstIndex(of: jump)! }
        var raw = spikeverify_request()
        raw.mode =
            switch request.mode {
            case .strong: SPIKEVERIFY_STRONG
            case .weak: SPIKEVERIFY_WEAK
            case .deterministic: SPIKEVERIFY_DETERMINISTIC
            }
        raw.method = keeper.keep(request.method)
        raw.model = keeper.keep(request.model.name)
        (raw.neurons, raw.paths, raw.steps) = (request.neuronCount, request.paths.count, request.steps)
        raw.first_path = UInt64(request.paths.lowerBound)
        raw.h = request.step
        raw.parameters = names.count
        raw.parameter_names = keeper.keep(names.map { keeper.keep($0) as UnsafePointer<CChar>? })
        raw.parameter_values = keeper.keep(names.flatMap { request.model.parameters[$0]! })
        raw.offsets = keeper.keep(request.synapses.offsets)
        raw.targets = keeper.keep(request.synapses.targets)
        raw.weights = keeper.keep(request.synapses.weights)
        raw.delays = keeper.keep(request.synapses.delays)
        raw.jumps = keeper.keep(request.synapses.jumps.map { spikeverify_jump(UInt32(code($0))) })
        raw.arrivals = request.arrivals.count
        raw.arrival_values = keeper.keep(
            request.arrivals.flatMap {
                [Double($0.path), Double($0.neuron), $0.time, $0.height, Double(code($0.jump))]
            })
        raw.initial = keeper.keep(request.initial)
        raw.dW = request.increments.isEmpty ? nil : keeper.keep(request.increments)
        raw.dZ = request.integrals.isEmpty ? nil : keeper.keep(request.integrals)
        raw.seed = request.seed
        raw.records = request.recordedSteps.count
        raw.recorded_steps = keeper.keep(request.recordedSteps)
        return withExtendedLifetime(keeper) { body(&raw) }
    }
}

/// Copies arrays to where C can see them, and frees them in the end.
private final class PointerKeeper {
    private var kept: [UnsafeMutableRawPointer] = []

    func keep<Element: BitwiseCopyable>(_ array: [Element]) -> UnsafePointer<Element> {
        let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(1, array.count))
        copy.initialize(from: array, count: array.count)
        kept.append(copy)
        return UnsafePointer(copy)
    }

    func keep(_ text: String) -> UnsafePointer<CChar> { keep(Array(text.utf8CString)) }

    deinit { kept.forEach { $0.deallocate() } }
}
