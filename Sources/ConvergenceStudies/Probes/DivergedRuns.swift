import SpikingNumerics

/// On how many paths each run has left the numbers that a neuron can come to: see `Divergence`.
struct DivergedRuns: Sendable {
    /// The reference first, then the tested runs, then the replayed ones.
    private(set) var paths: [Int]

    /// Notes of what diverges have it.
    static let word = "diverges"

    init(plan: StudyPlan) {
        paths = .init(repeating: 0, count: 1 + plan.tested.count * (plan.study.replay ? 2 : 1))
    }

    mutating func add(run: Int) { paths[run] += 1 }

    mutating func fold(_ later: DivergedRuns) {
        for run in paths.indices { paths[run] += later.paths[run] }
    }

    /// Why a run has no values; nil where it has.
    ///
    /// - Parameter count: Of all paths.
    func note(run: Int, of count: Int) -> String? {
        guard paths.indices.contains(run), paths[run] > 0 else { return nil }
        return "\(Self.word): V or I is beyond \(Divergence.limit) on \(paths[run]) of \(count) paths"
    }
}

// MARK: Part files

extension DivergedRuns: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("paths", &paths)
    }
}

/// What a result says of runs that diverge.
extension ResultBuilder {
    /// - Parameter participant: 0 for the reference.
    func divergence(_ participant: Int) -> String? {
        sums.diverged.note(run: participant, of: study.sampling.paths)
    }

    /// Why there is nothing of a series at any of the steps; nil where there is.
    func absent(_ series: StudyPlan.Series) -> [String?] {
        let reference = divergence(0).map { "the reference \($0)" }
        let offset = series.case.isReplay ? plan.tested.count : 0
        let diverged = study.steps.indices.map { step in
            reference ?? divergence(1 + offset + plan.testedIndex(integrator: series.integrator, step: step))
        }
        return zip(skipped(series.integrator), diverged).map { $0 ?? $1 }
    }

    /// The scalars of a participant, of which nothing is left where it diverges.
    func unlessDiverged(_ participant: Int, _ scalars: [Scalar]) -> [Scalar] {
        guard let note = divergence(participant) else { return scalars }
        return scalars.map { $0.without(note) }
    }
}
