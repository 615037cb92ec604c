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

            What has been sampled is kept in run.part in that directory. Ctrl-C and SIGTERM save it and end the run \
            within a second or so (exit codes 130 and 143), and --resume goes on from there, after a kill or a power \
            failure, too, to the same result.

            With --shard i/N this process runs the i-th of N equal shares and writes shard-i-of-N.part; \
            `spikeverify merge` makes the result of all of them.
            """)

    @Argument(help: "Study files.", completion: .file(extensions: ["yaml", "yml"]))
    var studies: [String]

    @Option(help: "Directory for the reports.", completion: .directory)
    var out = "reports"

    @OptionGroup
    var sampling: SamplingOptions

    @Option(
        help: """
            Run one share of each study, for example 2/4. (default: what SLURM_ARRAY_TASK_ID and _COUNT or \
            OMPI_COMM_WORLD_RANK and _SIZE say, else all; /4 takes the number from there or JOB_COMPLETION_INDEX)
            """)
    var shard: String?

    @Flag(help: "Go on with what an earlier run has left in --out.")
    var resume = false

    @OptionGroup
    var verdicts: VerdictOptions

    @OptionGroup
    var console: ConsoleOptions

    func validate() throws {
        if out.isEmpty { throw ValidationError("--out must name a directory.") }
        let shard = try chosenShard()
        if verdicts.untilDecided, resume || !shard.isWhole {
            throw ValidationError(
                "--until-decided looks at its paths as they grow, which a share or a part of them cannot tell; "
                    + "leave out --resume and --shard.")
        }
        try console.check(verdicts)
    }

    func run() async throws {
        let shard = try chosenShard()
        let studies = try verdicts.applied(to: StudyList.read(self.studies).map(sampling.applied(to:)))
        StopSignals.watch()
        let stores = try PartStore.prepared(studies, shard: shard, out: out, resume: resume)
        defer { stores.forEach { $0.release() } }
        var codes: [ExitCode] = []
        let planned = try await console.plan(stores, sampling)
        for (k, store) in stores.enumerated() {
            if !codes.isEmpty { print() }
            if verdicts.untilDecided {
                codes.append(try await runUntilDecided(store.study))
                continue
            }
            guard StopSignals.first == nil, let code = await run(console.plan(store, sampling, planned, k))
            else {
                throw ExitCode.stopped(bySignal: StopSignals.first!)
            }
            codes.append(code)
        }
        throw ExitCode.worst(of: codes)
    }

    /// - Throws: `ExitCode` where a signal has stopped it.
    private func runUntilDecided(_ study: Study) async throws(ExitCode) -> ExitCode {
        do {
            let ladders = try await LadderClimb.ladders(of: study)
            var result = try await verdicts.resultUntilDecided(
                of: study, by: sampling.runner(study), console.progress(study.name))
            ladders.record(in: &result)
            try WriteReports.write(result, to: directory(of: study), detail: console.detail)
            return ExitCode(result)
        } catch let stop as ExitCode {
            throw stop
        } catch {
            StandardError.print("\(study.name): \(error)")
            return .failedRun
        }
    }

    private func directory(of study: Study) -> String { "\(out)/\(study.name)" }

    /// A study that cannot be run to its end does not keep the others from running.
    ///
    /// - Returns: Nil where a signal has stopped it.
    private func run(_ planned: PlannedRun) async -> ExitCode? {
        do {
            let ladders = try await LadderClimb.ladders(of: planned.store.study)
            guard let part = try await planned.complete(console) else { return nil }
            return try finish(part, of: planned, ladders)
        } catch is ExitCode {
            planned.store.explainStop("stopped")
            return nil
        } catch {
            planned.store.explainStop("\(error)")
            return .failedRun
        }
    }

    /// The whole study becomes reports; a share stays what it is until all are merged.
    ///
    /// - Returns: Nil where a signal has stopped it.
    private func finish(_ part: StudyPart, of planned: PlannedRun, _ ladders: StudyLadders) throws
        -> ExitCode?
    {
        guard planned.store.shard.isWhole else {
            print("part: \(planned.store.path)")
            for finding in ladders.findings.values.joined() where finding.grade == .fail {
                print(LadderText.lines(of: finding))
            }
            return ladders.hasFailure ? .accuracyFailure : .success
        }
        guard var result = try planned.result(of: part) else { return nil }
        ladders.record(in: &result)
        try WriteReports.write(result, to: planned.store.directory, detail: console.detail)
        return ExitCode(result)
    }

    private func chosenShard() throws -> Shard {
        try ShardOption.shard(shard, environment: ProcessInfo.processInfo.environment)
    }
}
