import ArgumentParser
import ConvergenceReports
import ConvergenceStudies
import Foundation

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Run studies, then judge them by their expectations and by the baseline.",
        discussion: """
            A baseline is the accepted state of a study, kept under version control. The run and the baseline are \
            compared as two samples, not as numbers with a tolerance: all comparisons together raise a false alarm \
            in one of a million runs at most. An improvement passes with a notice. A study without a baseline \
            passes, too, with the command that makes one. `spikeverify review` shows old and new side by side, \
            `spikeverify accept` makes the new the baseline.

            Ctrl-C and SIGTERM save what is done (exit codes 130 and 143), and --resume goes on with what is kept in \
            each study's run.part, to the same verdicts.

            On GitHub, told by its environment, annotations and a step summary are written without being asked for.
            """)

    @Argument(help: "Study files, or folders of them.", completion: .file(extensions: ["yaml", "yml"]))
    var studies: [String]

    @Option(help: "Directory of the baselines, one file per study.", completion: .directory)
    var baseline = "reports/baselines"

    @Flag(help: "Leave the verdict open (exit code 2) where a baseline is missing.")
    var requireBaseline = false

    @Option(help: "Directory for the reports.", completion: .directory)
    var out = "reports"

    @Flag(help: "Go on with what an earlier check or run has left in --out.")
    var resume = false

    @OptionGroup(title: "For CI services")
    var ci: CheckOutputs

    @OptionGroup
    var sampling: SamplingOptions

    @OptionGroup
    var verdicts: VerdictOptions

    @OptionGroup
    var console: ConsoleOptions

    func validate() throws {
        if verdicts.untilDecided, resume {
            throw ValidationError("--until-decided keeps nothing to go on with; leave out --resume.")
        }
        try console.check(verdicts)
    }

    func run() async throws {
        let files = StudyFolder.expand(studies)
        guard !files.isEmpty else {
            StandardError.print("\(studies.joined(separator: ", ")): no study file (*.yaml) in there")
            throw ExitCode.nothingRan
        }
        let studies = try verdicts.applied(to: StudyList.read(files).map(sampling.applied(to:)))
        let store = BaselineStore(directory: baseline)
        let baselines = try studies.map { try store.baseline(of: $0.name) }
        StopSignals.watch()
        let stores = try PartStore.prepared(studies, out: out, resume: resume) { try ci.prepare() }
        defer { stores.forEach { $0.release() } }
        var checked: [CheckedStudy] = []
        let planned = try await console.plan(stores, sampling)
        for (k, store) in stores.enumerated() {
            if let signal = StopSignals.first { throw ExitCode.stopped(bySignal: signal) }
            let one = try await check(
                console.plan(store, sampling, planned, k), file: store.study.file, baseline: baselines[k],
                budget: FalseAlarmBudget.check.share(of: studies.count))
            let text = CheckText.text(of: one)
            print(console.quiet ? text.prefix { $0 != "\n" } + "\n" : text, terminator: "")
            if one.verdict != nil, !console.quiet { print("  report: \(store.directory)/report.html") }
            checked.append(one)
        }
        do {
            try writeScoreboard(studies, checked)
            try ci.write(checked)
        } catch {
            StandardError.print("\(error)")
            throw ExitCode.failedRun
        }
        throw ExitCode.worst(of: checked.map(ExitCode.init))
    }

    /// A page about all studies that test a claim.
    private func writeScoreboard(_ studies: [Study], _ checked: [CheckedStudy]) throws {
        guard let text = Scoreboard.text(of: zip(studies, checked).map { ($0.claim, $1) }) else { return }
        let path = "\(out)/scoreboard.md"
        try AtomicFile.write(text, to: path)
        print("scoreboard: \(path)")
    }

    /// A study that cannot be run to its end does not keep the others from running.
    ///
    /// - Throws: `ExitCode.stopped`.
    private func check(
        _ planned: PlannedRun, file: String, baseline: Baseline?, budget: FalseAlarmBudget
    ) async throws(ExitCode) -> CheckedStudy {
        let study = planned.store.study
        do {
            let ladders = try await LadderClimb.ladders(of: study)
            var result = try await result(of: planned)
            ladders.record(in: &result)
            let candidate = Baseline(result)
            try save(result, candidate)
            let comparison = try BaselineComparison(
                baseline: baseline, candidate: candidate, budget: budget,
                confidence: study.sampling.confidence)
            return CheckedStudy(
                file: file, name: study.name, outcome: .judged(result, comparison),
                requiresBaseline: requireBaseline)
        } catch let stop as ExitCode {
            throw stop
        } catch {
            return CheckedStudy(file: file, name: study.name, outcome: .failed("\(error)"))
        }
    }

    private func result(of planned: PlannedRun) async throws -> StudyResult {
        let study = planned.store.study
        if verdicts.untilDecided {
            return try await verdicts.resultUntilDecided(
                of: study, by: planned.runner, console.progress(study.name))
        }
        guard let part = try await planned.complete(console), let result = try planned.result(of: part) else {
            throw ExitCode.stopped(bySignal: StopSignals.first!)
        }
        return result
    }

    private func save(_ result: StudyResult, _ candidate: Baseline) throws {
        let directory = "\(out)/\(result.header.study)"
        WriteReports.warn(of: result)
        try WriteReports.writeFiles(result, formats: WriteReports.formats(for: result), to: directory)
        try WriteReports.writeSweep(of: result, beside: directory)
        try AtomicFile.write(candidate.text(), to: "\(directory)/\(BaselineStore.candidateName)")
    }
}
