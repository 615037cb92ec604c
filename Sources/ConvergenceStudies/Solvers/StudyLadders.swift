import SolverProtocol

/// What the ladder of conformance found of the solvers of a study, which climb it before anything else.
public struct StudyLadders: Sendable {
    /// By the names of the solvers.
    public private(set) var findings: [String: [ConformanceLadder.Finding]] = [:]

    /// Has every solver of a study climb that is to.
    ///
    /// - Throws: `SolverError` that names solver and rung, `CancellationError`.
    public init(of study: Study) async throws {
        for choice in study.solvers where choice.climbsLadder {
            try Task.checkCancellation()
            do {
                findings[choice.name] = try await ConformanceLadder(choice).climb()
            } catch var error as SolverError {
                error.message = "\(choice.name) \(error.message)"
                throw error
            }
        }
    }

    /// Whether a solver is proven to be wrong.
    public var hasFailure: Bool { findings.values.joined().contains { $0.grade == .fail } }

    /// Puts down in a result's header what was found.
    public func record(in result: inout StudyResult) {
        guard var solvers = result.header.solvers else { return }
        for k in solvers.indices { solvers[k].ladder = findings[solvers[k].integrator] }
        result.header.solvers = solvers
    }
}

extension StudyResult {
    /// The rungs at which solvers failed: each proves that the solver is wrong.
    public var failedRungs: [(solver: String, finding: ConformanceLadder.Finding)] {
        (header.solvers ?? []).flatMap { solver in
            (solver.ladder ?? []).filter { $0.grade == .fail }.map { (solver.integrator, $0) }
        }
    }
}
