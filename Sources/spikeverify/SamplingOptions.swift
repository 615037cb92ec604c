import ArgumentParser
import ConvergenceStudies

/// What a command line may say instead of the study file.
struct SamplingOptions {
    var paths: Int?
    var seed: UInt64?
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

    func validate(maxPaths: Int?, untilDecided: Bool, falseAlarm: Double?) throws {
        let limits = Study.Sampling.self
        if maxPaths != nil, !untilDecided { throw ValidationError("--max-paths needs --until-decided.") }
        if let maxPaths, !limits.admissiblePaths.contains(Int128(maxPaths)) {
            throw ValidationError(
                "--max-paths must lie between 1 and \(limits.admissiblePaths.upperBound), not \(maxPaths).")
        }
        if let falseAlarm, !(falseAlarm > 0 && falseAlarm < 1) {
            throw ValidationError("--false-alarm must lie between 0 and 1, both excluded, not \(falseAlarm).")
        }
    }

    func applied(to study: Study) -> Study {
        var study = study
        if let paths { (study.sampling.paths, study.isSampled) = (paths, true) }
        if let seed { study.sampling.seed = seed }
        return study
    }
}
