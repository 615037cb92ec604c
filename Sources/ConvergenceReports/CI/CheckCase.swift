import ConvergenceStudies

/// One thing that was checked, in the terms that all CI formats share.
package struct CheckCase {
    package enum Kind: String {
        case passed
        /// The accuracy is proven to be other than it should be.
        case failure
        /// Anything else that keeps the check from passing; the reason is its `type`.
        case error
        /// Nothing to compare with.
        case skipped
    }

    package var study: String
    package var file: String
    package var name: String
    package var kind: Kind
    /// `accuracy`, `conformance`, `inconclusive`, `environment`, `missing-baseline`; empty where it passed.
    package var type = ""
    /// One sentence with the numbers.
    package var headline: String
    /// More of them, line by line.
    package var details: [String] = []
    /// What to do about it; empty where nothing can be said.
    package var remedy = ""
    /// Whether a pass deserves attention: an improvement, or a bias of another sign.
    package var isNotable = false

    /// Failures first, then what else keeps the check from passing, then what is worth a notice.
    package static func all(of studies: [CheckedStudy]) -> [CheckCase] {
        let cases = studies.flatMap(\.cases)
        let ranks = cases.map(\.rank)
        return (0...4).flatMap { rank in zip(cases, ranks).filter { $0.1 == rank }.map(\.0) }
    }

    private var rank: Int {
        switch kind {
        case .failure: 0
        case .error: 1
        case .passed: isNotable ? 2 : 4
        case .skipped: 3
        }
    }
}

extension CheckedStudy {
    package var cases: [CheckCase] {
        switch outcome {
        case .failed(let reason):
            [
                CheckCase(
                    study: name, file: file, name: "run", kind: .error, type: "environment",
                    headline: "could not be run: \(reason)")
            ]
        case .judged(let result, let baseline):
            ladders(of: result) + expectations(of: result) + comparisons(of: baseline)
        }
    }

    /// A failure for each rung that a solver failed on, or one pass.
    private func ladders(of result: StudyResult) -> [CheckCase] {
        (result.header.solvers ?? []).flatMap { solver -> [CheckCase] in
            guard let ladder = solver.ladder else { return [] }
            let failed = ladder.filter { $0.grade == .fail }
            guard !failed.isEmpty else {
                return [
                    CheckCase(
                        study: name, file: file, name: "ladder: \(solver.integrator)", kind: .passed,
                        headline: "\(solver.integrator): \(LadderText.summary(of: ladder))",
                        details: ladder.map { "\($0.rung): \($0.grade.rawValue), \($0.text)" })
                ]
            }
            return failed.map {
                CheckCase(
                    study: name, file: file, name: "ladder: \(solver.integrator), \($0.rung)", kind: .failure,
                    type: "conformance", headline: LadderText.sentence((solver.integrator, $0)),
                    details: ladder.map { "\($0.rung): \($0.grade.rawValue), \($0.text)" })
            }
        }
    }

    /// Where to find out what is wrong with a solver whose accuracy is not what it should be.
    private func advice(on integrator: String, in result: StudyResult) -> String {
        (result.header.solvers ?? []).contains { $0.integrator == integrator }
            ? "`spikeverify solver test -- PROGRAM` says what is probably wrong with \(integrator)" : ""
    }

    private func expectations(of result: StudyResult) -> [CheckCase] {
        let findings = Findings(result: result)
        return result.judged.map { judged in
            var check = CheckCase(
                study: name, file: file,
                name: "expected \(judged.quantity): \(judged.placedTitle), \(judged.integrator)",
                kind: .passed,
                headline: findings.sentence(judged))
            switch judged.verdict {
            case .fail:
                (check.kind, check.type) = (.failure, "accuracy")
                check.remedy = advice(on: judged.integrator, in: result)
            case .inconclusive:
                (check.kind, check.type) = (.error, "inconclusive")
                check.remedy = remedy(judged, in: result)
            case .pass, .none: break
            }
            check.details = levels(behind: judged, in: result)
            if !check.remedy.isEmpty { check.details.append(check.remedy) }
            return check
        }
    }

    private func remedy(_ judged: Check, in result: StudyResult) -> String {
        guard let change = MindChange(judged, in: result) else { return "" }
        return change.sentence + (change.paths.map { " `--paths \($0)` runs them." } ?? "")
    }

    private func levels(behind judged: Check, in result: StudyResult) -> [String] {
        let rows = result.rows.filter {
            $0.measure == judged.name && $0.observable == judged.observable
                && $0.integrator == judged.integrator && $0.case == judged.case
        }
        return rows.map { row in
            "h = \(Numbers.step(row.h)) ms: "
                + (row.value.map { Uncertainty.text($0, row.standardError).typeset } ?? "–") + " "
                + row.intervalText
                + (row.note.isEmpty ? "" : " (\(row.note))")
        }
    }

    private func comparisons(of baseline: BaselineComparison) -> [CheckCase] {
        let names = unique(baseline.comparisons.map(\.name))
        let compared = names.map { series in
            comparison(series, baseline.comparisons.filter { $0.name == series })
        }
        var blind: [CheckCase] = []
        if baseline.verdict == .inconclusive {
            blind = [
                CheckCase(
                    study: name, file: file, name: "baseline", kind: .error, type: "inconclusive",
                    headline:
                        "no comparison with the baseline would have noticed a doubling of its error: more paths "
                        + "are needed")
            ]
        }
        return blind + compared + missing(baseline)
    }

    private func comparison(_ series: String, _ levels: [SampleComparison]) -> CheckCase {
        var check = CheckCase(
            study: name, file: file, name: "baseline: \(levels[0].subject)", kind: .passed,
            headline: ComparisonText.headline(levels), details: levels.map(ComparisonText.line))
        if levels.contains(where: \.isFailure) {
            (check.kind, check.type) = (.failure, "accuracy")
        } else {
            check.isNotable = levels.contains { $0.outcome != .same }
        }
        return check
    }

    private func missing(_ baseline: BaselineComparison) -> [CheckCase] {
        guard baseline.lacksAny else { return [] }
        let kind: CheckCase.Kind = requiresBaseline ? .error : .skipped
        guard baseline.hasBaseline, !baseline.added.isEmpty else {
            return [
                CheckCase(
                    study: name, file: file, name: "baseline", kind: kind, type: "missing-baseline",
                    headline: "has no baseline, so nothing was compared; to accept this run: "
                        + "spikeverify accept --case '\(name)/*'")
            ]
        }
        return baseline.added.map { series in
            CheckCase(
                study: name, file: file, name: "baseline: \(series)", kind: kind, type: "missing-baseline",
                headline:
                    "\(series) is not in the baseline; to accept it: spikeverify accept --case '\(series)'")
        }
    }
}
