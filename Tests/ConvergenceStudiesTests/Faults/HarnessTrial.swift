import ConvergenceStudies

extension HarnessFault {
    /// What fails in the study that is to notice; the least likely check first.
    func failures(seed: UInt64, paths: Int? = nil) async throws -> [Check] {
        var study = try CheckSuite.study(self.study)
        study.sampling.seed = seed
        study.sampling.paths = paths ?? study.sampling.paths
        try alter(&study)
        // `RunCounter` takes one simulation at a time.
        return study.failing(try await StudyRunner(study: study, threads: 1).run { _, _ in }.checks)
    }
}
