import ConvergenceStudies

extension HarnessFault {
    /// What fails in the study that is to notice; the least likely check first.
    func failures(seed: UInt64, paths: Int? = nil) async throws -> [Check] {
        try await outcome(seed: seed, paths: paths).failures
    }

    /// All checks of that study, and those that fail.
    func outcome(seed: UInt64, paths: Int? = nil) async throws -> (checks: [Check], failures: [Check]) {
        var study = try CheckSuite.study(self.study)
        study.sampling.seed = seed
        study.sampling.paths = paths ?? study.sampling.paths
        try alter(&study)
        // `RunCounter` takes one simulation at a time.
        let checks = try await StudyRunner(study: study, threads: 1).run { _, _ in }.checks
        return (checks, study.failing(checks))
    }
}
