import ConvergenceStudies
import Foundation
import SolverProtocol
import SpikingNumerics
import Testing

@Suite("Who a part or a result is of")
struct StudyIdentityTests {
    @Test("the paths of some blocks are 1024 each, but for the last")
    func paths() {
        var study = PartFileTests.study
        for paths in [1, 1023, 1024, 1025, 2500, 4096] {
            study.sampling.paths = paths
            let identity = StudyIdentity(study)
            #expect(identity.blockCount == Int((Double(paths) / 1024).rounded(.up)))
            for first in 0..<identity.blockCount {
                for end in first...identity.blockCount {
                    let members = (0..<paths).filter { (first * 1024..<end * 1024).contains($0) }
                    #expect(identity.paths(in: first..<end) == members.count)
                }
            }
        }
        let second = StudyPart(study, shard: Shard(index: 2, count: 2)!)
        #expect(second.paths == 2048 && second.sampledPaths == 0)
    }

    @Test("the header of a result lists every block")
    func blocks() async throws {
        for (paths, blocks) in [(1024, [0]), (1025, [0, 1]), (2500, [0, 1, 2])] {
            let result = try await StudyRunnerTests.run(
                StudyRunnerTests.study(paths: paths, problem: Problem(duration: 4)))
            #expect(result.header.blocks == blocks && result.header.paths == paths)
        }
    }

    @Test("a solver is told in words, and whether it draws its own noise")
    func solver() throws {
        func record(_ mode: String, stamps: String = "step-start", method: String = "euler") throws
            -> SolverRecord
        {
            let json = """
                {"integrator": "mine", "mode": "\(mode)", "skipped": [], "identity": {"solver": "nest", "version": \
                "3.8", "method": "\(method)", "precision": "float64", "stamps": "\(stamps)"}}
                """
            return try JSONDecoder().decode(SolverRecord.self, from: Data(json.utf8))
        }
        #expect(
            try record("weak").summary
                == "nest 3.8, euler, float64; spikes stamped with the start of their step, h added here; its own noise"
        )
        #expect(
            try record("strong", stamps: "interpolated", method: "").summary
                == "nest 3.8, float64; spike times inside steps")
    }
}
