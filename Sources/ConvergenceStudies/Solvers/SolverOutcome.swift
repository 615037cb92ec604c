import SolverProtocol

/// What is known of a solver at one step after some paths.
struct SolverOutcome: Codable, Hashable, Sendable {
    var identity: SolverIdentity?
    /// Why the case was skipped, where it was.
    var skipped: String?

    func folded(_ later: SolverOutcome) -> SolverOutcome {
        SolverOutcome(identity: identity ?? later.identity, skipped: skipped ?? later.skipped)
    }

    /// - Throws: `SolverError` where the solver refused a case on some paths only: then no path tells anything.
    func check(_ name: String, step: Double) throws(SolverError) {
        guard identity != nil, let skipped else { return }
        throw SolverError(
            .failure,
            "\(name) at h = \(step) ms: it supports the case on some paths and not on others (\(skipped))")
    }
}

/// A solver in a result's header: who it was, and what it did not support.
public struct SolverRecord: Codable, Equatable, Sendable {
    public struct Skipped: Codable, Equatable, Sendable {
        /// ms.
        public var h: Double
        public var reason: String
    }

    /// The name in rows and orders.
    public var integrator: String
    public var mode: SolverRequest.Mode
    /// Nil where every step was skipped.
    public var identity: SolverIdentity?
    public var skipped: [Skipped]

    /// In words: `numpy 2.4.6, euler, float64; spikes stamped with the end of their step`.
    public var summary: String {
        guard let identity else { return "skipped at every step: \(skipped.first?.reason ?? "")" }
        let parts = [identity.solver + " " + identity.version, identity.method, identity.precision]
        return parts.filter { !$0.isEmpty }.joined(separator: ", ") + "; " + identity.stamps.explanation
            + (mode == .weak ? "; its own noise" : "")
    }
}

extension SolverIdentity.Stamps {
    /// How the spike times in a result come from those of the solver.
    public var explanation: String {
        switch self {
        case .stepStart: "spikes stamped with the start of their step, h added here"
        case .stepEnd: "spikes stamped with the end of their step"
        case .interpolated: "spike times inside steps"
        }
    }
}
