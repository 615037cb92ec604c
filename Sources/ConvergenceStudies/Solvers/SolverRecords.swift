import SolverProtocol

/// What a result says of solvers outside the catalogue.
extension ResultBuilder {
    /// - Throws: `SolverError` where a solver supported a case on some paths only.
    func checkSolvers() throws(SolverError) {
        for (k, outcome) in sums.solvers.enumerated() {
            let step = study.steps[k % study.steps.count]
            try outcome.check(plan.tested[k].integrator.name, step: step)
        }
    }

    /// - Parameter participant: 0 for the reference.
    func isSkipped(_ participant: Int) -> Bool {
        participant > 0 && sums.solvers[participant - 1].skipped != nil
    }

    /// Why an integrator was skipped, for every step; nil where it was not.
    func skipped(_ integrator: Int) -> [String?] {
        study.steps.indices.map { step in
            sums.solvers[plan.testedIndex(integrator: integrator, step: step)].skipped.map {
                "skipped by the solver" + ($0.isEmpty ? "" : ": \($0)")
            }
        }
    }

    /// Nil where there is no solver.
    func solverRecords() -> [SolverRecord]? {
        guard !study.solvers.isEmpty else { return nil }
        return study.solvers.map { choice in
            let integrator = study.integrators.firstIndex(of: choice.name)!
            let outcomes = study.steps.indices.map {
                sums.solvers[plan.testedIndex(integrator: integrator, step: $0)]
            }
            let skipped = zip(study.steps, outcomes).compactMap { step, outcome in
                outcome.skipped.map { SolverRecord.Skipped(h: step, reason: $0) }
            }
            return SolverRecord(
                integrator: choice.name, mode: choice.mode,
                identity: outcomes.lazy.compactMap { $0.identity }.first,
                skipped: skipped)
        }
    }
}
