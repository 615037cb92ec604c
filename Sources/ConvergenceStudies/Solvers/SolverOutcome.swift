import SolverProtocol

/// What is known of a solver at one step after some paths.
struct SolverOutcome: Hashable, Sendable {
    var identity: SolverIdentity?
    /// Why the case was skipped, where it was.
    private(set) var skipped: String?

    init() {}

    init(identity: SolverIdentity) { self.identity = identity }

    /// A reason that is longer than a few lines is cut off.
    init(skipped reason: String) { skipped = String(reason.prefix(1000)) }

    mutating func fold(_ later: SolverOutcome) {
        identity = identity ?? later.identity
        skipped = skipped ?? later.skipped
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
    /// What the ladder of conformance found, rung by rung; nil where it was not climbed.
    public var ladder: [ConformanceLadder.Finding]?

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

// MARK: Part files

extension SolverOutcome: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property(
            "identity", &identity,
            blank: .init(solver: "", version: "", method: "", precision: "", stamps: .stepEnd))
        try archive.property("skipped", &skipped, blank: "")
    }
}

extension SolverIdentity: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("solver", &solver)
        try archive.property("version", &version)
        try archive.property("method", &method)
        try archive.property("precision", &precision)
        try archive.property("stamps", &stamps)
    }
}

extension SolverIdentity.Stamps: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        var place = Self.allCases.firstIndex(of: self)!
        try place.visit(&archive)
        guard Self.allCases.indices.contains(place) else { throw .damaged }
        self = Self.allCases[place]
    }
}
