import ArgumentParser
import Testing
import spikeverify

extension CommandLineTests {
    @Suite("Progress and exit codes")
    struct ProgressBarTests {
        @Test(arguments: [
            (0, 100, 5.0, "[--------------------] 0 %"),
            (43, 100, 8.6, "[########------------] 43 %  12 s left  5 paths/s"),
            (1000, 1_000_000, 1.0, "[--------------------] 0 %  17 min left  1000 paths/s"),
            (1, 100_000, 1.0, "[--------------------] 0 %  28 h left  1 paths/s"),
            (100, 100, 2.0, "[####################] 100 %  0 s left  50 paths/s"),
            (0, 0, 0.0, "[--------------------] 0 %"),
        ])
        func line(done: Int, total: Int, elapsed: Double, expected: String) {
            #expect(ProgressBar.line(done: done, total: total, elapsed: elapsed) == expected)
        }

        @Test("several studies: an error hides a failure, a failure an open verdict")
        func exitCodes() {
            #expect(ExitCode.worst(of: [.success, .success]) == .success)
            #expect(ExitCode.worst(of: [.success, .inconclusive]) == .inconclusive)
            #expect(ExitCode.worst(of: [.accuracyFailure, .inconclusive]) == .accuracyFailure)
            #expect(ExitCode.worst(of: [.accuracyFailure, .failedRun]) == .failedRun)
            #expect(ExitCode.worst(of: []) == .nothingRan)
        }
    }
}
