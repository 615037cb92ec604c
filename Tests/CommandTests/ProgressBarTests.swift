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

        /// Told of every second, in a log.
        @Test("lines of a log are half a minute apart")
        func log() {
            var pace = ProgressPace(first: 30, next: 30)
            #expect((0...95).filter { pace.isDue(Double($0)) } == [30, 60, 90])
            var late = ProgressPace(first: 0, next: 0.2)
            #expect([0, 0.1, 0.25, 0.3, 5, 5.1, 5.2].filter { late.isDue($0) } == [0, 0.25, 5, 5.2])
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
