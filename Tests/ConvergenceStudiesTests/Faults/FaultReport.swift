import ConvergenceStudies
import Foundation
import TestSupport

/// `reports/faults`: what the campaign found, as JSON and as a page.
struct FaultReport: Codable {
    var faults: [FaultRecord] = []
    var survival = SurvivalRecord()

    static let folder = Repository.folder.appending(path: "reports/faults")

    /// What earlier runs have found; nothing where there were none.
    static func read() throws -> FaultReport {
        let file = folder.appendingPathComponent("faults.json")
        guard FileManager.default.fileExists(atPath: file.path) else { return FaultReport() }
        return try JSONDecoder().decode(FaultReport.self, from: Data(contentsOf: file))
    }

    /// Puts records in the place of those of their kind.
    mutating func replace(_ kind: FaultRecord.Kind, by records: [FaultRecord]) {
        faults.removeAll { $0.kind == kind }
        faults += records
    }

    /// Changes the files, which the parts of the campaign write one after the other.
    static func update(_ change: (inout FaultReport) -> Void) throws {
        var report = try read()
        change(&report)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(report).write(
            to: folder.appendingPathComponent("faults.json"), options: .atomic)
        try Data(report.page().utf8).write(
            to: folder.appendingPathComponent("README.md"), options: .atomic)
    }

    private var wrong: [FaultRecord] { faults.filter { $0.equivalence == nil } }
    private var caught: [FaultRecord] { wrong.filter(\.isCaught) }
    private var missed: [FaultRecord] { wrong.filter { !$0.isCaught } }

    // MARK: The page

    private func page() throws -> String {
        var sections = [Self.head]
        if !faults.isEmpty {
            sections.append(try summary())
            sections += [FaultRecord.Kind.solver, .harness, .merge].map(table)
            sections += [misses(), variants()]
        }
        if survival.seeds > 0 { sections.append(try Self.section(survival)) }
        return sections.joined(separator: "\n\n") + "\n"
    }

    private static let head = """
        # Faults that the check suite catches

        A verification tool is as good as the faults it has been shown to catch. Here each fault of a catalogue is put into a solver
        that is otherwise right, or into the harness itself, and the studies in `convergence/check` judge it at the numbers of paths
        they have. A fault is *caught* where one check, named in the table, fails in every one of the runs; a check fails only
        if a right solver would fail any check of the whole suite once in a million runs.

        ```sh
        SPIKEVERIFY_SLOW=1 swift test -c release --filter FaultCampaign
        ```

        writes this page and `faults.json`. The faults are in `Tests/ConvergenceStudiesTests/Faults`; a part of them is in the tests
        that run every day.
        """

    private func summary() throws -> String {
        let rate = try Quantiles.clopperPearson(hits: caught.count, trials: wrong.count, confidence: 0.9)
        return """
            ## Catch rate

            **\(caught.count) of \(wrong.count) faults are caught**: \(Self.percent(Double(caught.count) / Double(wrong.count))), and at a \
            confidence of 95 % no less than \(Self.percent(rate.low)) of faults like these (Clopper-Pearson).
            """
    }

    private func table(_ kind: FaultRecord.Kind) -> String {
        let title =
            switch kind {
            case .solver: "## Wrong solvers"
            case .harness: "## A wrong harness"
            case .merge: "## Blocks put together wrongly"
            }
        let text =
            switch kind {
            case .solver:
                """
                *Paths* is the fewest, of halves of the study's own number, at which five runs of five still notice; no study gives \
                verdicts on fewer than 30. *Also* are the other studies that noticed in one run.
                """
            case .harness: "Right solvers are measured wrongly, and expectations of right solvers notice."
            case .merge:
                """
                Means stay right, or nearly so, and no expectation of a mean could notice. What notices is the law that shards, put \
                together, make the bits of one run.
                """
            }
        guard faults.contains(where: { $0.kind == kind }) else {
            return title + "\n\nThese have not been run yet."
        }
        let rows = caught.filter { $0.kind == kind }.map { record in
            let others = record.studies.filter { $0 != record.study }.joined(separator: ", ")
            let check = (record.study.isEmpty ? "" : record.study + ": ") + record.check
            let runs = "\(record.caught) of \(record.runs)"
            switch kind {
            case .solver:
                return
                    "| \(record.name) | \(record.words) | \(check) | \(runs) | \(record.leastPaths ?? 0) | \(others) |"
            case .harness, .merge: return "| \(record.name) | \(record.words) | \(check) | \(runs) |"
            }
        }
        let head =
            kind == .solver
            ? "| fault | what is wrong | caught by | runs | paths | also |\n|---|---|---|---|---|---|"
            : "| fault | what is wrong | caught by | runs |\n|---|---|---|---|"
        return ([title, "", text, "", head] + rows).joined(separator: "\n")
    }

    private func misses() -> String {
        guard !missed.isEmpty else { return "## Not caught\n\nNone." }
        let rows = missed.map { record in
            let near = record.nearest
            return
                "| \(record.name) | \(record.words) | \(record.caught) of \(record.runs) | \(near?.check ?? record.study + ": " + record.check) "
                + "| \(near.map { Self.number($0.value - $0.expected) } ?? "") | \(near.map { Self.number($0.limit) } ?? "") |"
        }
        return """
            ## Not caught, or not always

            These move no number of the suite far enough. *Off by* is how far the check that comes nearest is from what it expects, \
            *limit* how far it has to be for nine in ten runs to fail.

            | fault | what is wrong | runs that notice | nearest check | off by | limit |
            |---|---|---|---|---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    private func variants() -> String {
        let rows = faults.filter { $0.equivalence != nil }.map {
            "| \($0.name) | \($0.words) | \($0.equivalence!) |"
        }
        return
            ([
                "## Variants that are right", "", "No check fails them, and none should.", "",
                "| variant | what is different | why it is right |", "|---|---|---|",
            ] + rows).joined(separator: "\n")
    }

    private static func section(_ survival: SurvivalRecord) throws -> String {
        let upper = try Quantiles.clopperPearson(
            hits: survival.failures.count, trials: survival.seeds, confidence: 0.9)
        func list(_ incidents: [SurvivalRecord.Incident]) -> String {
            incidents.map { "- seed \($0.seed), \($0.study): \($0.integrator), \($0.check)" }.joined(
                separator: "\n")
        }
        return """
            ## Right solvers

            The whole suite with each of \(survival.seeds) seeds: \(survival.checks) verdicts on the exact reference, euler-maruyama, \
            euler-maruyama+linear, euler-maruyama+boundary-corrected, sra1 and exact-propagator+hermite, of which \
            **\(survival.failures.count) are failures and \(survival.inconclusive.count) inconclusive**. At a confidence of 95 % a run fails by \
            chance in fewer than \(percent(upper.high)), which is all that so many runs can tell; by design it is one in a million. The \
            solver that the faults above are put into has, without a fault, the errors of euler-maruyama up to rounding, which a test checks.

            \(list(survival.failures + survival.inconclusive))
            """
    }

    private static func percent(_ x: Double) -> String { String(format: "%.1f %%", 100 * x) }
    private static func number(_ x: Double) -> String { String(format: "%.2g", x) }
}
