import ArgumentParser
import ConvergenceStudies

/// The ladder of conformance, which the solvers of a study climb before anything else.
enum LadderClimb {
    /// - Throws: `ExitCode.stopped` where a signal stopped it; `SolverError`.
    static func ladders(of study: Study) async throws -> StudyLadders {
        let task = Task { try await StudyLadders(of: study) }
        StopSignals.onFirst { task.cancel() }
        do {
            return try await task.value
        } catch {
            // Solvers are ended, too, and what they complain of then is of no interest.
            guard let signal = StopSignals.first else { throw error }
            throw ExitCode.stopped(bySignal: signal)
        }
    }
}
