import Foundation

/// All numbers of a study after so many paths.
struct StudyEstimates {
    struct Series {
        let series: StudyPlan.Series
        let levels: LevelEstimates
        let fit: Result<OrderFit, OrderFit.Failure>
    }

    let study: Study
    let series: [Series]
    let scalars: [Scalar]
    let paths: Int

    /// What the study found of the number that an expectation is about.
    func subject(of expectation: Study.Expectation) -> Subject {
        switch expectation.quantity {
        case .order(let measure):
            subject(ofOrder: series(measure, expectation), expectation)
        case .error(let measure, let h):
            subject(ofError: series(measure, expectation), h: h ?? finestStep, expectation)
        case .scalar(let name, let method, let h):
            subject(ofScalar: scalar(name, method, h, expectation), expectation)
        }
    }

    private var finestStep: Double { study.steps.min() ?? 0 }

    private func series(_ measure: Study.MeasureChoice, _ expectation: Study.Expectation) -> Series? {
        series.first {
            study.integrators[$0.series.integrator] == expectation.integrator
                && $0.series.case.name == expectation.case && $0.series.measure.name == measure.name
                && $0.series.measure.observable == measure.observable
        }
    }

    private func scalar(
        _ name: String, _ method: String?, _ h: Double?, _ expectation: Study.Expectation
    ) -> Scalar? {
        let candidates = scalars.filter {
            $0.name == name && $0.integrator == expectation.integrator && $0.case == expectation.case
                && (method == nil || $0.method == method)
        }
        return candidates.first { $0.h == nil || $0.h == h ?? finestStep }
    }

    private func subject(ofOrder series: Series?, _ expectation: Study.Expectation) -> Subject {
        var subject = Subject(region: expectation.region)
        switch series?.fit {
        case .success(let fit):
            subject.value = fit.order
            subject.standardError = fit.standardError.ifFinite
            (subject.low, subject.high) = (fit.low.ifFinite, fit.high.ifFinite)
            subject.note = fit.note
            if fit.standardError.isFinite {
                subject.evidence = .student(
                    value: fit.order, standardError: fit.standardError, freedom: fit.freedom,
                    grain: fit.grain, unseen: fit.unseen)
            }
            let factor = Quantiles.standardErrors(
                confidence: study.sampling.confidence, freedom: fit.freedom)
            subject.constant = exp(fit.intercept)
            subject.constantLow = fit.interceptError.map { exp(fit.intercept - factor * $0) }
            subject.constantHigh = fit.interceptError.map { exp(fit.intercept + factor * $0) }
        case .failure(let failure): subject.note = failure.note
        case nil: subject.note = Subject.missing
        }
        return subject
    }

    private func subject(
        ofError series: Series?, h: Double, _ expectation: Study.Expectation
    ) -> Subject {
        var subject = Subject(region: expectation.region, h: h)
        guard let series, let l = study.steps.firstIndex(of: h) else {
            subject.note = Subject.missing
            return subject
        }
        let level = series.levels.levels[l]
        subject.isSquare = series.series.measure.estimate.isRoot
        if subject.isSquare { subject.region = subject.region.ofSquares }
        subject.note = level.note
        subject.evidence = level.evidence
        subject.value = level.estimated?.value
        subject.standardError = level.estimated?.standardError.ifFinite
        if level.isResolved {
            subject.low = level.estimated?.low.ifFinite
            subject.high = level.estimated?.high.ifFinite
        }
        return subject
    }

    private func subject(ofScalar scalar: Scalar?, _ expectation: Study.Expectation) -> Subject {
        var subject = Subject(region: expectation.region, h: scalar?.h, method: scalar?.method ?? "")
        guard let scalar, let value = scalar.value else {
            subject.note = scalar == nil ? Subject.missing : "nothing to average"
            return subject
        }
        subject.value = value
        subject.standardError = scalar.standardError
        (subject.low, subject.high) = (scalar.intervalLow, scalar.intervalHigh)
        if let error = scalar.standardError {
            let isSampled = scalar.method != StationaryEstimates.method
            let samples = isSampled ? paths : LevelEstimates.asManyAsNeeded
            subject.evidence = .student(
                value: value, standardError: error, freedom: scalar.freedom ?? Double(samples - 1))
        }
        return subject
    }
}

/// The number an expectation is about, as it was found.
struct Subject {
    static let missing = "the study does not find this"

    /// Where it may lie, on the scale of the evidence.
    var region: Region
    var evidence: Evidence?
    /// Whether region and evidence are about the square of the number.
    var isSquare = false
    var value: Double?
    var standardError: Double?
    var low: Double?
    var high: Double?
    var constant: Double?
    var constantLow: Double?
    var constantHigh: Double?
    var h: Double?
    var method: String
    var note = ""

    init(region: Region, h: Double? = nil, method: String = "") {
        self.region = region
        self.h = h
        self.method = method
    }
}

extension Subject {
    /// What became of an expectation of this number.
    func check(_ expectation: Study.Expectation, of study: Study, judge: Judge, ruling: Judge.Ruling) -> Check
    {
        let (quantity, name, observable) = expectation.quantity.names
        var check = Check(
            study: study.name, case: expectation.case, integrator: expectation.integrator,
            quantity: quantity, name: name, observable: observable, method: method, h: h,
            kind: expectation.kind.rawValue, expected: expectation.expected,
            tolerance: expectation.tolerance, value: value, standardError: standardError, intervalLow: low,
            intervalHigh: high, verdict: ruling.verdict, note: note)
        (check.constant, check.constantLow, check.constantHigh) = (constant, constantLow, constantHigh)
        check.probability = ruling.probability
        check.adjustedProbability = ruling.adjustedProbability
        check.decidedAt = ruling.decidedAt
        if let value, let distance = evidence.flatMap(judge.detectable) {
            check.detectable =
                (isSquare ? (value * value + distance).squareRoot() - value : distance).ifFinite
        }
        return check
    }
}

extension Study.Expectation.Quantity {
    /// In the words of a check.
    var names: (quantity: String, name: String, observable: String) {
        switch self {
        case .order(let measure): ("order", measure.name, measure.observable)
        case .error(let measure, _): ("error", measure.name, measure.observable)
        case .scalar(let name, _, _): ("scalar", name, "")
        }
    }
}
