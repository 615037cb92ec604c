import ArgumentParser
import ConvergenceReports
import ConvergenceStudies

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Show what the last check found beside the baseline: old, new, intervals and verdict.")

    @Option(help: "Directory of the baselines.", completion: .directory)
    var baseline = "reports/baselines"

    @Option(help: "Directory that `check` wrote its reports to.", completion: .directory)
    var out = "reports"

    @Flag(help: "Also show what is the same.")
    var all = false

    func run() throws {
        let store = BaselineStore(directory: baseline)
        let candidates = try BaselineStore.candidates(in: out)
        guard !candidates.isEmpty else {
            StandardError.print(
                "\(out): nothing to review; `spikeverify check STUDY.yaml --out \(out)` comes first")
            throw ExitCode.nothingRan
        }
        for (k, candidate) in candidates.enumerated() {
            let comparison = try BaselineComparison(
                baseline: store.baseline(of: candidate.study), candidate: candidate,
                budget: FalseAlarmBudget.check.share(of: candidates.count))
            if k > 0 { print() }
            print(
                ReviewText.text(study: candidate.study, comparison, showsAll: all), terminator: "")
        }
        print("\nto accept: spikeverify accept --case 'STUDY/CASE/INTEGRATOR/MEASURE', with * for anything")
    }
}
