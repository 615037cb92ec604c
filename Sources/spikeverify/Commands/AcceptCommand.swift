import ArgumentParser
import ConvergenceStudies

struct AcceptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Make what the last check found the baseline, after a reviewed change.",
        discussion: """
            Names are STUDY/CASE/INTEGRATOR/MEASURE, and /OBSERVABLE for weak errors, as `spikeverify review` \
            shows them. Refused where CI=true: accepting is for people.
            """)

    @Option(
        name: .customLong("case"),
        help: "What to accept: a shell pattern for the whole name, in which * matches slashes, too.")
    var pattern: String

    @Option(help: "Directory of the baselines.", completion: .directory)
    var baseline = "reports/baselines"

    @Option(help: "Directory that `check` wrote its reports to.", completion: .directory)
    var out = "reports"

    func run() throws {
        guard !CIEnvironment.isCI else {
            StandardError.print(
                "accept: refused where CI=true; review and accept on your own machine, then commit \(baseline)"
            )
            throw ExitCode.usage
        }
        let candidates = try BaselineStore.candidates(in: out)
        guard !candidates.isEmpty else {
            StandardError.print(
                "\(out): nothing to accept; `spikeverify check STUDY.yaml --out \(out)` comes first")
            throw ExitCode.nothingRan
        }
        let store = BaselineStore(directory: baseline)
        var changed: [String] = []
        for candidate in candidates {
            var accepted =
                try store.baseline(of: candidate.study) ?? Baseline(study: candidate.study, series: [])
            let changes = accepted.accept(pattern, from: candidate)
            guard !changes.isEmpty else { continue }
            try write(accepted, to: store)
            changes.accepted.forEach { print("accepted \($0)") }
            changes.removed.forEach { print("removed \($0)") }
            changed.append(store.path(of: candidate.study))
        }
        guard !changed.isEmpty else {
            let names = candidates.flatMap(\.series).map(\.name)
            StandardError.print(
                "--case: \"\(pattern)\" matches none of \(names.count) names, of which the first is \(names.first ?? "–"); "
                    + "`spikeverify review --all` shows them")
            throw ExitCode.usage
        }
        print("wrote \(changed.joined(separator: ", "))")
        print(
            "commit \(changed.count == 1 ? "that file" : "these files"), and nothing of \(out) beside \(baseline): "
                + "git add \(changed.joined(separator: " "))")
    }

    private func write(_ baseline: Baseline, to store: BaselineStore) throws {
        do {
            try store.write(baseline)
        } catch {
            StandardError.print("\(error)")
            throw ExitCode.usage
        }
    }
}
