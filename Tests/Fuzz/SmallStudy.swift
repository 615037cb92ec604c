import ConvergenceStudies
import Foundation
import SpikingNumerics
import Synchronization

/// A study of a moment, with most of what a part or a result can hold.
enum SmallStudy {
    static let study = try! StudyFile.parse(text, file: "/small.yaml")

    static let text = """
        study: small
        title: A study of a moment
        problem:
          parameters: {mu: 0.1}
          topology: {layers: 2, width: 1, weight: 0.1}
          duration: 20
        integrators: [euler-maruyama, exact-propagator+hermite]
        steps: [0.5, 0.25]
        measures: [strong-final, {weak: cos-V}, spike-times, lyapunov, network-statistics]
        sampling: {paths: 2100}
        expect: [{measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 0.3}]

        """

    /// The part of one of two shards, or the whole.
    static func part(_ shard: Shard = .whole) -> StudyPart {
        let found = Mutex<StudyPart?>(nil)
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            let runner = StudyRunner(study: study, threads: 1)
            let part = try! await runner.sample(StudyPart(study, shard: shard), progress: { _, _ in })
            found.withLock { $0 = part }
            done.signal()
        }
        done.wait()
        return found.withLock { $0! }
    }

    static func result() -> StudyResult { try! StudyRunner(study: study, threads: 1).result(of: part()) }
}
