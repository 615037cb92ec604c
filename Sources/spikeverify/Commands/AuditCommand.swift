import ArgumentParser
import ConvergenceReports
import ConvergenceStudies
import Foundation

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Does a published number hold without the step it was found with?",
        discussion: """
            Runs studies that have `published` numbers: each number is measured with its own scheme at its own step, at the \
            study's finer steps, and by the reference. A number holds where the reference's is within its tolerance (2 % \
            unless `tolerance` says otherwise), shifts where it is proven to be farther away, and is overturned where it is \
            off by more than half, has the other sign, or is not there at all. All false alarms of an audit together are as \
            unlikely as sampling.false_alarm says.

            Writes every study's own reports, and audit.json and audit.html, to --out. Exit codes as those of `check`: 0 all \
            hold, 1 one shifts or is overturned, 2 one is unresolved.

            Ctrl-C and SIGTERM save what is done (exit codes 130 and 143), and --resume goes on with it.
            """)

    @Argument(help: "Study files, or folders of them.", completion: .file(extensions: ["yaml", "yml"]))
    var studies: [String]

    @Option(help: "Directory for the reports.", completion: .directory)
    var out = "reports"

    @Flag(help: "Go on with what an earlier audit or run has left in --out.")
    var resume = false

    @OptionGroup
    var sampling: SamplingOptions

    @OptionGroup
    var console: ConsoleOptions

    func validate() throws {
        if out.isEmpty { throw ValidationError("--out must name a directory.") }
    }

    func run() async throws {
        let files = StudyFolder.expand(studies)
        let all = try StudyList.read(files).map(sampling.applied(to:))
        let studies = Audit.audited(all)
        guard !studies.isEmpty else {
            StandardError.print(
                "\(self.studies.joined(separator: ", ")): no study has `published` numbers; write them like "
                    + "published: [{quantity: firing-rate, value: 2.7, unit: Hz, h: 0.1, integrator: euler-maruyama, "
                    + "source: \"doi:…, Fig 2\"}]")
            throw files.isEmpty ? ExitCode.nothingRan : ExitCode.usage
        }
        StopSignals.watch()
        let stores = try PartStore.prepared(studies, out: out, resume: resume)
        defer { stores.forEach { $0.release() } }
        let planned = try await console.plan(stores, sampling)
        var results: [StudyResult] = []
        var hasFailed = false
        for (k, store) in stores.enumerated() {
            if let signal = StopSignals.first { throw ExitCode.stopped(bySignal: signal) }
            do {
                guard let result = try await result(of: console.plan(store, sampling, planned, k)) else {
                    throw ExitCode.stopped(bySignal: StopSignals.first!)
                }
                results.append(result)
            } catch let stop as ExitCode {
                throw stop
            } catch {
                store.explainStop("\(error)")
                hasFailed = true
            }
        }
        let report = AuditReport(Audit(of: studies).entries(studies, results))
        do {
            try AtomicFile.write(report.json(), to: "\(out)/audit.json")
            try AtomicFile.write(report.page, to: "\(out)/audit.html")
        } catch {
            StandardError.print("\(error)")
            throw ExitCode.failedRun
        }
        if !console.quiet { print(report.text) }
        print("\(report.summary)\nreport: \(out)/audit.html")
        throw hasFailed ? ExitCode.failedRun : ExitCode(report)
    }

    /// Writes the study's own reports, too; nil where a signal has stopped it.
    private func result(of planned: PlannedRun) async throws -> StudyResult? {
        guard let part = try await planned.complete(console), let result = try planned.result(of: part) else {
            return nil
        }
        WriteReports.warn(of: result)
        let directory = planned.store.directory
        try WriteReports.writeFiles(result, formats: WriteReports.formats(for: result), to: directory)
        try WriteReports.writeSweep(of: result, beside: directory)
        return result
    }
}

extension ExitCode {
    /// What an audit amounts to.
    fileprivate init(_ report: AuditReport) {
        let verdicts = Set(report.entries.map(\.verdict))
        if verdicts.contains(.overturned) || verdicts.contains(.shifts) {
            self = .accuracyFailure
        } else {
            self = verdicts.contains(.unresolved) ? .inconclusive : .success
        }
    }
}
