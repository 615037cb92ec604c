import SolverProtocol

/// A test of a solver from the ground up, each rung on what the ones before have shown, in words that say what is wrong.
public struct ConformanceLadder: Sendable {
    /// What a rung amounts to.
    public enum Grade: String, Codable, Sendable {
        case pass
        /// Worth knowing, but it vanishes with the step, or could not be settled with so few paths.
        case note
        case fail
        /// The solver does not support the case.
        case skipped
    }

    /// What a rung found.
    public struct Finding: Codable, Equatable, Sendable {
        /// The rung.
        public var rung: String
        public var grade: Grade
        /// What was seen.
        public var text: String
        /// What is probably behind it; empty where nothing is wrong.
        public var diagnosis: String

        init(_ grade: Grade, _ text: String, diagnosis: String = "") {
            rung = ""
            self.grade = grade
            self.text = text
            self.diagnosis = diagnosis
        }
    }

    private let choice: SolverChoice
    private let paths: Int

    /// - Parameters:
    ///   - choice: The solver, and how it wants to be asked.
    ///   - paths: How many sample paths the rungs with spikes and noise take.
    public init(_ choice: SolverChoice, paths: Int = 8192) {
        self.choice = choice
        self.paths = paths
    }

    static var rungs: [any Rung.Type] {
        [
            HandshakeRung.self, LeakRung.self, SpikeTimeRung.self, JumpRung.self, RefractoryRung.self,
            UnlikeNeuronsRung.self, RefractoryCurrentRung.self, NetworkRung.self, NoiseRung.self,
            IndependenceRung.self, SmoothOrderRung.self, SpikingOrderRung.self,
        ]
    }

    /// The names of all rungs, from the ground up.
    public static var rungNames: [String] { rungs.map { $0.name } }

    /// Climbs the whole ladder.
    ///
    /// - Parameter report: Called after every rung.
    /// - Throws: `SolverError` that names the rung as soon as the solver fails; a wrong answer is a finding.
    public func climb(report: (Finding) -> Void = { _ in }) async throws -> [Finding] {
        var findings: [Finding] = []
        for rung in Self.rungs {
            var finding: Finding
            do {
                finding = try await climb(rung.init())
            } catch let unsupported as UnsupportedCase {
                finding = Finding(.skipped, "not supported by the solver: \(unsupported.reason)")
            } catch var error as SolverError {
                error.message = "on the ladder's rung \"\(rung.name)\": \(error.message)"
                throw error
            }
            finding.rung = rung.name
            findings.append(finding)
            report(finding)
        }
        return findings
    }

    /// ms.
    private static let someRefractoryPeriod = 2.0

    /// Once more with a refractory period, where the solver cannot do without.
    private func climb(_ rung: some Rung) async throws -> Finding {
        var probe = SolverProbe(choice: choice, paths: paths)
        do {
            return try await rung.climb(probe)
        } catch is UnsupportedCase {
            probe.refractoryPeriod = Self.someRefractoryPeriod
            var finding = try await rung.climb(probe)
            finding.text += " (with t_ref = \(Self.someRefractoryPeriod) ms)"
            return finding
        }
    }
}

/// One thing that a solver must get right.
protocol Rung {
    static var name: String { get }
    init()
    /// - Throws: `UnsupportedCase`, `SolverError`.
    func climb(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding
}
