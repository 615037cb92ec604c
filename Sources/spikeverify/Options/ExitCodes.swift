import ArgumentParser
import ConvergenceReports
import ConvergenceStudies

/// What the exit code says; scripts depend on these numbers.
extension ExitCode {
    /// An observed order is proven to be other than expected.
    package static let accuracyFailure = ExitCode(1)
    /// Nothing is proven wrong, but not everything is proven right either.
    package static let inconclusive = ExitCode(2)
    /// A study could not be run to its end, or its results could not be written.
    package static let failedRun = ExitCode(3)
    package static let nothingRan = ExitCode(4)
    /// Wrong arguments, a wrong study or part file, or an output directory that cannot be written to.
    package static let usage = ExitCode(64)

    /// A signal asked the run to stop, and it did: 130 for Ctrl-C, 143 for SIGTERM, as shells have it.
    package static func stopped(bySignal number: Int32) -> ExitCode { ExitCode(128 + number) }

    /// What a study's result amounts to.
    init(_ result: StudyResult) {
        guard !result.rows.isEmpty || !result.scalars.isEmpty else {
            self = .nothingRan
            return
        }
        switch result.verdict {
        case .fail: self = .accuracyFailure
        case .inconclusive: self = .inconclusive
        case .pass, .none: self = .success
        }
    }

    /// What a checked study amounts to.
    init(_ study: CheckedStudy) {
        guard case .judged(let result, _) = study.outcome, let verdict = study.verdict else {
            self = .failedRun
            return
        }
        guard !result.rows.isEmpty || !result.scalars.isEmpty else {
            self = .nothingRan
            return
        }
        switch verdict {
        case .fail: self = .accuracyFailure
        case .inconclusive: self = .inconclusive
        case .pass, .none: self = .success
        }
    }

    /// The code of several studies together: the first of these that one of them has.
    package static func worst(of codes: [ExitCode]) -> ExitCode {
        let order: [ExitCode] = [.failedRun, .accuracyFailure, .inconclusive, .nothingRan]
        return order.first { code in codes.contains(code) } ?? (codes.isEmpty ? .nothingRan : .success)
    }
}
