import Foundation
import NumericalMethods
import SpikingNumerics

/// Puts published numbers beside what their studies have found: at their step, at finer ones, and in the limit.
public struct Audit {
    /// The probability that any verdict of the audit is a false `shifts` or `overturned`.
    let falseAlarm: Double
    let confidence: Double
    /// How many numbers share the false-alarm probability.
    let figures: Int

    /// - Parameter studies: Everything that is audited together.
    public init(of studies: [Study]) {
        falseAlarm = studies.map(\.sampling.falseAlarm).min() ?? 1e-6
        confidence = studies.map(\.sampling.confidence).max() ?? 0.95
        figures = max(1, Self.groups(studies).reduce(0) { $0 + Self.subjects($1).count })
    }

    /// Entries of all studies, in their order.
    ///
    /// - Parameter results: One for each of the studies that could be run.
    public func entries(_ studies: [Study], _ results: [StudyResult]) -> [AuditEntry] {
        Self.groups(studies).flatMap { group in
            Self.subjects(group).map { subject in
                let found = subject.studies.compactMap { study in
                    results.first { $0.header.study == study.name }.map { (study, $0) }
                }
                return entry(subject.figure, found, of: subject.studies)
            }
        }
    }

    /// Those that have published numbers, with all points of a sweep where one of them has.
    public static func audited(_ studies: [Study]) -> [Study] {
        groups(studies).filter { $0.contains { !$0.published.isEmpty } }.flatMap { group in
            group.contains { $0.published.contains(where: \.isDerived) }
                ? group : group.filter { !$0.published.isEmpty }
        }
    }

    // MARK: What is to be judged

    private struct Subject {
        var figure: PublishedFigure
        /// One, or all points of a sweep.
        var studies: [Study]
    }

    /// Studies one by one, the points of a sweep together.
    private static func groups(_ studies: [Study]) -> [[Study]] {
        var groups: [[Study]] = []
        for study in studies {
            if let point = study.point, groups.last?.first?.point?.of == point.of {
                groups[groups.count - 1].append(study)
            } else {
                groups.append([study])
            }
        }
        return groups
    }

    /// A number of a whole sweep stands in the text of every point, and is judged once.
    private static func subjects(_ group: [Study]) -> [Subject] {
        let derived = (group.first?.published ?? []).filter(\.isDerived).map {
            Subject(figure: $0, studies: group)
        }
        let single = group.flatMap { study in
            study.published.filter { !$0.isDerived }.map { Subject(figure: $0, studies: [study]) }
        }
        return derived + single
    }

    // MARK: One number

    private typealias Found = (study: Study, result: StudyResult)

    private func entry(_ figure: PublishedFigure, _ found: [Found], of studies: [Study]) -> AuditEntry {
        let study = studies[0]
        let reference = study.reference.name
        let limit = measured(figure, found) { $0.integrator == reference && $0.h == nil }
        let steps =
            figure.integrator.map { integrator in
                study.steps.filter { $0 <= figure.h ?? .infinity }.sorted(by: >).map { h in
                    (
                        h, integrator,
                        measured(figure, found) {
                            $0.integrator == integrator && $0.h == h && $0.method == integrator
                        }
                    )
                }
            } ?? []
        let levels = steps.map { h, integrator, value in
            let shift = value.flatMap { value in limit.map { value.minus($0) } }
            return (
                AuditEntry.Step(
                    h: h, integrator: integrator, value: value?.value, standardError: value?.standardError,
                    shift: shift?.value, shiftStandardError: shift?.standardError), shift
            )
        }
        let atStep = levels.first { $0.0.h == figure.h }
        let line = order(levels.compactMap { level in level.1.map { (level.0.h, $0) } })
        let judged = judge(
            figure, limit, existsAtStep: atStep?.0.value != nil, isComplete: found.count == studies.count)
        var entry = AuditEntry(
            model: Set(study.problem.models.map { ModelCatalogue.family(of: $0).name }).sorted().joined(
                separator: ", "),
            study: study.point?.of ?? study.name, quantity: figure.name, case: figure.case,
            unit: unit(figure, study, found), point: figure.isDerived ? nil : study.point?.at,
            published: figure.value, publishedStandardError: figure.standardError, source: figure.source,
            tolerance: figure.tolerance, atStep: atStep?.0,
            finer: levels.map(\.0).filter { $0.h != figure.h },
            limit: .init(
                method: reference, value: limit?.value, standardError: limit?.standardError),
            theory: theory(figure, found), order: line?.value, orderLow: line?.low, orderHigh: line?.high,
            shiftPercent: percent(limit.map { $0.value - figure.value }, of: figure.value),
            stepEffectPercent: percent(atStep?.0.shift, of: limit?.value), verdict: judged.verdict,
            reproduced: nil, note: judged.note)
        if let atStep, let value = atStep.0.value {
            let measured = Measured(
                value: value, standardError: atStep.0.standardError, freedom: limit?.freedom ?? 0,
                method: reference)
            entry.reproduced = verdict(figure, measured).verdict
        }
        return entry
    }

    private func percent(_ difference: Double?, of whole: Double?) -> Double? {
        guard let difference, let whole, whole != 0 else { return nil }
        return 100 * difference / abs(whole)
    }

    private func unit(_ figure: PublishedFigure, _ study: Study, _ found: [Found]) -> String {
        if case .derived(let derived, _) = figure.quantity {
            if derived.isPosition { return study.point?.at.keys.sorted().first ?? "" }
            if derived == .ratio { return "" }
        }
        return found.first?.result.scalars.first { $0.name == figure.scalar }?.unit ?? ""
    }

    /// The number for the process whose scalars these are.
    private func measured(
        _ figure: PublishedFigure, _ found: [Found], _ isWanted: (Scalar) -> Bool
    ) -> Measured? {
        func scalar(_ result: StudyResult) -> Scalar? {
            result.scalars.first { $0.name == figure.scalar && $0.case == figure.case && isWanted($0) }
        }
        switch figure.quantity {
        case .scalar:
            return found.first.flatMap { found in
                scalar(found.result).flatMap { Measured($0, paths: found.result.header.paths) }
            }
        case .derived(let derived, _):
            let points = found.compactMap { found -> (x: Double, scalar: Scalar)? in
                guard let at = found.study.point?.at, let key = at.keys.sorted().first,
                    let scalar = scalar(found.result)
                else { return nil }
                return (at[key]!, scalar)
            }
            guard points.count == found.count else { return nil }
            return derived.measured(points.sorted { $0.x < $1.x })
        }
    }

    private func theory(_ figure: PublishedFigure, _ found: [Found]) -> [AuditEntry.Value] {
        let theories = [MeanFieldEstimates.method, MeanFieldEstimates.raised, MeanFieldEstimates.supralinear]
        return theories.compactMap { method in
            let value = measured(figure, found) { scalar in
                scalar.method == method && (scalar.h == nil || scalar.h == figure.h)
                    && (scalar.h == nil || scalar.integrator == figure.integrator)
            }
            return value.map { .init(method: method, value: $0.value, standardError: nil) }
        }
    }

    // MARK: Verdicts

    private func judge(
        _ figure: PublishedFigure, _ limit: Measured?, existsAtStep: Bool, isComplete: Bool
    ) -> (verdict: AuditEntry.Verdict, note: String) {
        guard let limit else {
            guard isComplete else { return (.unresolved, "a study of it could not be run to its end") }
            return existsAtStep
                ? (.overturned, "there is no such thing without the step")
                : (.unresolved, "the study does not find it")
        }
        return verdict(figure, limit)
    }

    private func verdict(_ figure: PublishedFigure, _ found: Measured) -> (
        verdict: AuditEntry.Verdict, note: String
    ) {
        let difference = abs(found.value - figure.value)
        let errors = [found.standardError, figure.standardError].compactMap { $0 }
        guard found.standardError != nil else {
            return (.unresolved, "no standard error is known: give more paths")
        }
        let error = errors.map { $0 * $0 }.reduce(0, +).squareRoot()
        let alarm = falseAlarm / Double(figures)
        func isBeyond(_ distance: Double) -> Bool {
            guard difference > distance else { return false }
            guard error > 0 else { return true }
            guard found.freedom > 0 else { return false }
            // Either side, so that half of the false alarms are for each.
            return StudentDistribution.above((difference - distance) / error, freedom: found.freedom) <= alarm
                / 2
        }
        if isBeyond(max(figure.slack, abs(figure.value) / 2)), figure.value != 0 {
            return (
                .overturned,
                found.value * figure.value < 0
                    ? "it is on the other side of zero" : "it is off by more than half"
            )
        }
        if isBeyond(figure.slack) { return (.shifts, "it is farther away than the tolerance") }
        let width = error * Quantiles.standardErrors(confidence: confidence, freedom: found.freedom)
        if difference + width <= figure.slack { return (.holds, "") }
        let gap = abs(figure.slack - difference)
        let factor = (width / gap) * (width / gap)
        let more =
            factor.isFinite && factor < 1e6
            ? "about \(Int(factor.rounded(.up)) + 1) times as many paths" : "more paths"
        return (.unresolved, "the interval reaches beyond the tolerance: give \(more)")
    }

    /// The slope of log |shift| against log h over the steps that show a shift.
    private func order(_ shifts: [(h: Double, shift: Measured)]) -> (
        value: Double, low: Double, high: Double
    )? {
        let resolved = shifts.filter { _, shift in
            shift.standardError.map { abs(shift.value) > Self.resolved * $0 } ?? false
        }
        guard resolved.count >= 2, Set(resolved.map { $0.shift.value > 0 }).count == 1 else { return nil }
        let covariance = resolved.map { one in
            resolved.map { other in
                Self.covariance(one.shift, other.shift) / (one.shift.value * other.shift.value)
            }
        }
        let line = LogLogLine(
            x: resolved.map { log($0.h) }, y: resolved.map { log(abs($0.shift.value)) },
            covariance: covariance)
        let freedom = resolved.map(\.shift.freedom).min() ?? 0
        let width = line.slopeError * Quantiles.standardErrors(confidence: confidence, freedom: freedom)
        return (line.slope, line.slope - width, line.slope + width)
    }

    /// A shift below so many standard errors has no logarithm to fit.
    private static let resolved = 3.0

    private static func covariance(_ one: Measured, _ other: Measured) -> Double {
        guard !one.parts.isEmpty, one.parts.count == other.parts.count else {
            return one.value == other.value ? (one.standardError ?? 0) * (one.standardError ?? 0) : 0
        }
        return Jackknife.covariance(one.parts, other.parts)
    }
}
