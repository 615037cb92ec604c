import ArgumentParser
import ConvergenceReports
import ConvergenceStudies
import Foundation

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run studies and write their reports.",
        discussion: """
            All study files are checked before the first one runs. Every study gets a directory of its own in \
            --out with result.json, rows.csv and report.html; the tables go to standard output.
            """)

    @Argument(help: "Study files.", completion: .file(extensions: ["yaml", "yml"]))
    var studies: [String]

    @Option(help: "Directory for the reports.", completion: .directory)
    var out = "reports"

    @Option(help: "Number of sample paths, instead of the study's own.")
    var paths: Int?

    @Option(help: "Seed of all randomness, instead of the study's own.")
    var seed: UInt64?

    @Option(help: "Number of threads; the result does not depend on it. (default: one per processor)")
    var threads: Int?

    @Flag(help: "Add paths until every expectation is decided.")
    var untilDecided = false

    @Option(help: "With --until-decided, the most paths to run. (default: 64 times the study's own)")
    var maxPaths: Int?

    @Option(help: "Probability of any false `fail` in this run. (default: the least of the studies' own)")
    var falseAlarm: Double?

    func validate() throws {
        if out.isEmpty { throw ValidationError("--out must name a directory.") }
        let limits = Study.Sampling.self
        if let paths, !limits.admissiblePaths.contains(Int128(paths)) {
            throw ValidationError(
                "--paths must lie between 1 and \(limits.admissiblePaths.upperBound), not \(paths).")
        }
        if maxPaths != nil, !untilDecided { throw ValidationError("--max-paths needs --until-decided.") }
        if let maxPaths, !limits.admissiblePaths.contains(Int128(maxPaths)) {
            throw ValidationError(
                "--max-paths must lie between 1 and \(limits.admissiblePaths.upperBound), not \(maxPaths).")
        }
        if let falseAlarm, !(falseAlarm > 0 && falseAlarm < 1) {
            throw ValidationError("--false-alarm must lie between 0 and 1, both excluded, not \(falseAlarm).")
        }
        if let seed, !limits.admissibleSeeds.contains(Int128(seed)) {
            throw ValidationError("--seed must be at most \(limits.admissibleSeeds.upperBound), not \(seed).")
        }
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads must lie between 1 and 1024, not \(threads).")
        }
    }

    func run() async throws {
        let studies = Study.sharingFalseAlarm(
            try StudyList.read(self.studies).map(overridden), budget: falseAlarm)
        if let maxPaths, let study = studies.first(where: { $0.sampling.paths > maxPaths }) {
            StandardError.print(
                "\(study.name): --max-paths \(maxPaths) is less than the study's \(study.sampling.paths) paths"
            )
            throw ExitCode.usage
        }
        do {
            for study in studies { try OutputDirectory.prepare(directory(of: study)) }
        } catch {
            StandardError.print("\(error)")
            throw ExitCode.usage
        }
        var codes: [ExitCode] = []
        for study in studies {
            if !codes.isEmpty { print() }
            codes.append(await run(study))
        }
        throw ExitCode.worst(of: codes)
    }

    /// A study that cannot be run to its end does not keep the others from running.
    private func run(_ study: Study) async -> ExitCode {
        let progress = ProgressBar(name: study.name)
        do {
            defer { progress.clear() }
            let runner = StudyRunner(
                study: study, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
            let result = try await result(of: study, by: runner, progress)
            progress.clear()
            // Studies without spike times have no list of spikes.
            let formats = ReportCatalogue.formats.filter {
                !($0 is CrossingsReport) || !result.crossings.isEmpty
            }
            try WriteReports.write(result, formats: formats, to: directory(of: study))
            return ExitCode(result)
        } catch {
            StandardError.print("\(study.name): \(error)")
            return .failedRun
        }
    }

    private func result(
        of study: Study, by runner: StudyRunner, _ progress: ProgressBar
    ) async throws -> StudyResult {
        guard untilDecided else {
            return try await runner.run { done, total in progress.update(done: done, total: total) }
        }
        return try await runner.runUntilDecided(maximumPaths: maxPaths ?? study.defaultMaximumPaths) {
            done, total in progress.update(done: done, total: total)
        }
    }

    private func overridden(_ study: Study) -> Study {
        var study = study
        if let paths { study.sampling.paths = paths }
        if let seed { study.sampling.seed = seed }
        return study
    }

    private func directory(of study: Study) -> String { "\(out)/\(study.name)" }
}
