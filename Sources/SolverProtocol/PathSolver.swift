/// Something that integrates a batch of sample paths on noise that it is handed: a program in any language, a C function
/// or a Swift type.
///
/// A Swift solver takes the test by conforming:
///
///     struct Mine: PathSolver {
///         func solve(_ request: SolverRequest) throws -> SolverReply {
///             var reply = SolverReply(to: request, solver: "mine", version: "1.0", stamps: .stepEnd)
///             // … reply.addSpike(path:neuron:time:) and reply.setState(path:record:neuron:voltage:current:)
///             return reply
///         }
///     }
///
/// It may be asked for several batches at a time.
public protocol PathSolver: Sendable {
    /// - Throws: `UnsupportedCase` where the solver has no way to do what is asked; everything else is a failure.
    func solve(_ request: SolverRequest) async throws -> SolverReply
}

/// Thrown by a solver that was not made for a case: the case is skipped, and reports say so.
public struct UnsupportedCase: Error, Hashable, Sendable {
    public var reason: String

    public init(_ reason: String) {
        self.reason = reason
    }
}
