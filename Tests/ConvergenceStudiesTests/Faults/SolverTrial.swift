import ConvergenceStudies
import SolverProtocol

/// Faulty solvers in one run of a study, each judged as if it were the integrator in whose place it stands.
struct SolverTrial: Sendable {
    let study: Study
    /// Those that the study expects something of.
    let faults: [SolverFault]

    init(_ faults: [SolverFault], in study: Study) {
        self.study = study
        self.faults = faults.filter { fault in
            study.expectations.contains { $0.integrator == fault.integrator }
        }
    }

    /// Paths that a solver gets at a time: of many solvers more would fill the memory.
    private static let batch = 128

    /// The checks of each fault, by its name.
    func checks(seed: UInt64, paths: Int? = nil, threads: Int = 2) async throws -> [String: [Check]] {
        guard !faults.isEmpty else { return [:] }
        var together = study
        together.sampling.seed = seed
        together.sampling.paths = paths ?? study.sampling.paths
        together.integrators = faults.map(\.name)
        together.solvers = faults.map {
            SolverChoice(name: $0.name, solver: $0.solver, batch: Self.batch)
        }
        together.expectations = faults.flatMap { fault in
            study.expectations.filter { $0.integrator == fault.integrator }.map { expectation in
                var its = expectation
                its.integrator = fault.name
                return its
            }
        }
        let result = try await StudyRunner(study: together, threads: threads).run { _, _ in }
        return Dictionary(grouping: result.checks, by: \.integrator)
    }

    /// What fails of each fault, the least likely check first; nothing of those that are not caught.
    func failures(seed: UInt64, paths: Int? = nil, threads: Int = 2) async throws -> [String: [Check]] {
        try await checks(seed: seed, paths: paths, threads: threads).compactMapValues {
            let failing = study.failing($0)
            return failing.isEmpty ? nil : failing
        }
    }
}

extension Study {
    /// Those checks that fail by the first step of Holm's method, whatever the study's other checks say; the least likely
    /// first.
    func failing(_ checks: [Check]) -> [Check] {
        checks.filter { ($0.probability ?? 1) <= failingProbability }
            .sorted { $0.probability! < $1.probability! }
    }
}

extension Check {
    /// In the words of a study file: `strong-mean at h = 0.125`.
    var title: String {
        let place = h.map { " at h = \($0)" } ?? (quantity == "order" ? ", order" : "")
        return (observable.isEmpty ? name : "\(name) \(observable)") + (method.isEmpty ? "" : " by \(method)")
            + place
    }
}
