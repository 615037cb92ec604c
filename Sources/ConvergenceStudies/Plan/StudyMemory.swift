import Foundation
import SpikingNumerics

/// Refuses studies that would fill the memory, before they run.
extension StudyPlan {
    /// - Parameters:
    ///   - threads: As many samplers work at a time.
    ///   - available: Bytes that this machine has.
    /// - Throws: `StudyPlanError.memory`.
    func checkMemory(
        threads: Int, available: UInt64 = ProcessInfo.processInfo.physicalMemory
    ) throws(StudyPlanError) {
        let needed = threads * bytes
        guard UInt64(needed) <= available else {
            throw .memory(needed: needed, available: available, threads: threads)
        }
    }

    /// What one thread takes, about.
    var bytes: Int { bytesOfNoise + bytesOfRuns.reduce(0, +) + bytesOfSmallestBatch }

    /// Of the reference and each tested run, with its twins and replays.
    var bytesOfRuns: [Int] { size.runs }

    private var bytesOfNoise: Int { size.noise }

    private var size: CoupledSimulation.Size {
        CoupledSimulation.size(
            problem: study.problem, forest: forest, participants: [reference] + tested,
            hasTwins: hasTwins, replays: study.replay)
    }

    /// Increments of eight paths, for solvers outside the catalogue.
    private var bytesOfSmallestBatch: Int {
        guard !study.solvers.isEmpty else { return 0 }
        let steps = study.steps.reduce(0) { $0 + study.problem.duration / $1 }
        return Int(8 * 8 * Double(study.problem.network.neuronCount) * steps)
    }
}

extension Study {
    /// - Parameter available: Bytes.
    /// - Throws: `StudyPlanError`, `GSLError`.
    package func checkMemory(threads: Int, available: UInt64) throws {
        try StudyPlan(self).checkMemory(threads: threads, available: available)
    }
}
