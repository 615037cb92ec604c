import ArgumentParser
import ConvergenceReports

/// How much is said while studies run and when they are done, and how long they may take.
struct ConsoleOptions: ParsableArguments {
    @Flag(help: "Print the verdict only.")
    var quiet = false

    @Flag(
        help: "Print all tables; what the run will cost and how far it is, even where no terminal is.")
    var verbose = false

    @Option(
        help: "Minutes that all studies may take together; what would take longer is refused before it runs.")
    var timeLimit: Double?

    func validate() throws {
        if quiet, verbose { throw ValidationError("--quiet and --verbose contradict each other.") }
        if let timeLimit, !(timeLimit > 0 && timeLimit.isFinite) {
            throw ValidationError("--time-limit must be a positive number of minutes, not \(timeLimit).")
        }
    }

    /// How much of a result is printed.
    var detail: TerminalReport.Detail { quiet ? .verdict : verbose ? .tables : .screen }

    /// Whether to say on standard error what is being done.
    var isWatched: Bool { !quiet && (verbose || StandardError.isTerminal) }

    /// - Throws: `ValidationError` where a limit is set to what nobody can foresee.
    func check(_ verdicts: VerdictOptions) throws {
        if timeLimit != nil, verdicts.untilDecided {
            throw ValidationError(
                "Nobody can foresee how long --until-decided takes; leave out --time-limit and bound it by --max-paths."
            )
        }
    }

    /// Measures what all studies cost, if they are to be refused where that is too much; nil otherwise.
    ///
    /// - Throws: `ExitCode.usage`, after saying why.
    func plan(_ stores: [PartStore], _ sampling: SamplingOptions) async throws(ExitCode) -> [PlannedRun]? {
        guard let timeLimit else { return nil }
        return try await PlannedRun.all(stores, sampling: sampling, within: timeLimit)
    }

    /// The k-th of the studies, measured where there is somebody to tell.
    func plan(
        _ store: PartStore, _ sampling: SamplingOptions, _ planned: [PlannedRun]?, _ k: Int
    ) async -> PlannedRun {
        if let planned { return planned[k] }
        let run = PlannedRun(store, by: sampling.runner(store.study))
        return isWatched ? await run.measured() : run
    }

    func progress(_ study: String, before: Int = 0) -> ProgressBar {
        ProgressBar(name: study, before: before, style: .init(isQuiet: quiet, isVerbose: verbose))
    }
}
