import ArgumentParser
import ConvergenceStudies
import Foundation

/// What a command line may say instead of the study file.
struct SamplingOptions: ParsableArguments {
    @Option(help: "Number of sample paths, instead of the study's own.")
    var paths: Int?

    @Option(help: "Seed of all randomness, instead of the study's own.")
    var seed: UInt64?

    @Option(help: "Number of threads; the result does not depend on it. (default: one per processor)")
    var threads: Int?

    func validate() throws {
        let limits = Study.Sampling.self
        if let paths, !limits.admissiblePaths.contains(Int128(paths)) {
            throw ValidationError(
                "--paths must lie between 1 and \(limits.admissiblePaths.upperBound), not \(paths).")
        }
        if let seed, !limits.admissibleSeeds.contains(Int128(seed)) {
            throw ValidationError("--seed must be at most \(limits.admissibleSeeds.upperBound), not \(seed).")
        }
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads must lie between 1 and 1024, not \(threads).")
        }
    }

    func applied(to study: Study) -> Study {
        var study = study
        if let paths { (study.sampling.paths, study.isSampled) = (paths, true) }
        if let seed { study.sampling.seed = seed }
        return study
    }

    func runner(_ study: Study) -> StudyRunner {
        StudyRunner(study: study, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    }
}
