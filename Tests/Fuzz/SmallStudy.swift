import ConvergenceStudies
import Foundation
import SpikingNumerics
import Synchronization

/// Studies of a moment, which together have most of what a part or a result can hold.
///
/// Each holds little, so that its files are small, and its plan is made once, so that reading one is all that takes time.
struct SmallStudy: Sendable {
    let study: Study
    let runner: StudyRunner
    /// Its sums before any path.
    let blank: BlockSums

    static let all = [
        SmallStudy("blocks", measures: "strong-final", paths: 2100),
        SmallStudy("spikes", measures: "spike-times, scaled-spike-times, count-mismatch, {weak: cos-V}"),
        SmallStudy("growth", measures: "lyapunov, twin-sizes, crossing-speed-tail, mean-square-fit"),
        SmallStudy(
            "layers", measures: "strong-final, lyapunov-spectrum, network-statistics",
            topology: "{layers: 2, width: 1, weight: 0.1}"),
    ]

    private init(_ name: String, measures: String, topology: String = "single", paths: Int = 16) {
        let text = """
            study: \(name)
            problem:
              parameters: {mu: 0.1}
              topology: \(topology)
              duration: 16
            integrators: [euler-maruyama]
            steps: [1, 0.5]
            measures: [\(measures)]
            sampling: {paths: \(paths)}
            expect: [{measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 0.3}]

            """
        // Only what is measured can be expected.
        let isExpected = measures.contains("strong-final")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let kept = lines.filter { isExpected || !$0.hasPrefix("expect") }.joined(separator: "\n")
        study = try! StudyFile.parse(kept, file: "/\(name).yaml")
        runner = StudyRunner(study: study, threads: 1)
        blank = try! BlockSums(of: study)
    }

    /// One of several shares of it, or the whole.
    func part(_ shard: Shard = .whole) -> StudyPart {
        let found = Mutex<StudyPart?>(nil)
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            let part = try! await runner.sample(StudyPart(study, shard: shard), progress: { _, _ in })
            found.withLock { $0 = part }
            done.signal()
        }
        done.wait()
        return found.withLock { $0! }
    }

    func result() -> StudyResult { try! runner.result(of: part()) }
}
