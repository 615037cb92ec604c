import SolverProtocol

/// A solver outside the catalogue that a study measures.
public struct SolverChoice: Sendable {
    /// Its name among the study's integrators.
    public var name: String
    public var solver: any PathSolver
    /// Whether it uses the increments it is given, or draws its own; no matter where all σ are 0.
    public var mode: SolverRequest.Mode
    /// Handed to the solver as it is.
    public var method: String
    /// Whether ΔZ is wanted beside ΔW.
    public var wantsIntegrals: Bool
    /// How many paths it gets at a time, a power of two from 8 to 1024; nil for as many as fit in memory.
    public var batch: Int?
    /// Whether `run` and `check` have it climb the ladder of conformance before anything else.
    public var climbsLadder: Bool

    /// - Parameter solver: Asked for several batches at a time, unless it is a `SequentialSolver`.
    public init(
        name: String, solver: any PathSolver, mode: SolverRequest.Mode = .strong, method: String = "",
        wantsIntegrals: Bool = false, batch: Int? = nil, climbsLadder: Bool = true
    ) {
        self.name = name
        self.solver = solver
        self.mode = mode
        self.method = method
        self.wantsIntegrals = wantsIntegrals
        self.batch = batch
        self.climbsLadder = climbsLadder
    }
}
