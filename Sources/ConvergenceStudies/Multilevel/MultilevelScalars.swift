import SpikingNumerics

/// What multilevel estimators find, beside the mean of their observable.
extension MultilevelOutcome: Probe {
    static let method = "multilevel"

    static let alpha = ScalarDescriptor(
        "multilevel-alpha", remedy: remedy(for: usualObservable),
        sentence:
            "α of |mean| ∝ h^α of the differences between one level and the next, h being the coarser step."
    )
    static let beta = ScalarDescriptor(
        "multilevel-beta", remedy: remedy(for: usualObservable),
        sentence:
            "β of variance ∝ h^β of the same differences. Where β is above γ, coarse levels cost most; where it is "
            + "below, fine ones do.")
    static let gamma = ScalarDescriptor(
        "multilevel-gamma", remedy: remedy(for: usualObservable),
        sentence:
            "γ of cost ∝ h^−γ of one path of a level, in work units: cells of noise drawn, and steps taken."
    )
    static let gain = ScalarDescriptor(
        "multilevel-gain", remedy: remedy(for: usualObservable),
        sentence:
            "How many times the work of the multilevel estimator plain Monte Carlo with the reference would have taken "
            + "for the same standard error.")
    static let costSlope = ScalarDescriptor(
        "multilevel-cost-slope", remedy: remedy(for: usualObservable, accuracies: "0.01, 0.005"),
        sentence:
            "Slope of log(cost · ε²) against log ε, the standard error asked for: 0 where ten times the accuracy costs a "
            + "hundred times as much.")
    static let scalars =
        Observable.all.map { ScalarDescriptor(meanOf: $0, remedy: remedy(for: $0.name)) }
        + [alpha, beta, gamma, gain, costSlope]

    private static let usualObservable = "spike-count"

    private static func remedy(for observable: String, accuracies: String = "0.01") -> String {
        "add estimator: {multilevel: {observable: \(observable), accuracy: [\(accuracies)]}}"
    }

    static func findings(in study: StudyOutline) -> [Finding] {
        guard study.isSampled, let choice = study.multilevel,
            let mean = ScalarDescriptor(meanOfObservable: choice.observable)
        else { return [] }
        return ([mean, alpha, beta, gamma, gain] + (choice.accuracies.count > 1 ? [costSlope] : [])).map {
            Finding($0)
        }
    }
}

/// Multilevel estimates as scalars, rows and curves.
extension MultilevelOutcome {
    /// The integrator's estimate at the greatest accuracy, how its levels scale, and what that saves.
    var scalars: [Scalar] {
        zip(hierarchies, byIntegrator).flatMap { hierarchy, estimates -> [Scalar] in
            guard let best = estimates.indices.min(by: { estimates[$0].accuracy < estimates[$1].accuracy }),
                let name = ScalarDescriptor(meanOfObservable: choice.observable)
            else { return [] }
            let rates = MultilevelRates(
                steps: hierarchy.steps, levels: hierarchy.sums[best], confidence: study.sampling.confidence)
            let slope = MultilevelRates.costSlope(hierarchy.sums)
            let gain = estimates[best].plainCost.map { $0 / estimates[best].cost }
            return [
                mean(name, estimates[best], freedom: hierarchy.sums[best].freedom),
                scalar(
                    Self.alpha, hierarchy.integrator, rates.alpha,
                    unless: "fewer than two means of differences can be told from 0, or they differ in sign"),
                scalar(
                    Self.beta, hierarchy.integrator, rates.beta,
                    unless: "fewer than two variances of differences are resolved"),
                scalar(
                    Self.gamma, hierarchy.integrator, rates.gamma, unless: "fewer than three steps"),
                scalar(
                    Self.gain, hierarchy.integrator,
                    gain.map { .init(value: $0, standardError: nil, freedom: 0) },
                    unless: "the standard error is 0, so there is nothing to save"),
            ]
                + (slope.map { [scalar(Self.costSlope, hierarchy.integrator, $0, unless: "")] } ?? [])
        }
    }

    /// Of each integrator, in the order of the accuracies.
    private var byIntegrator: [[MultilevelEstimate]] {
        let all = estimates
        return hierarchies.map { hierarchy in all.filter { $0.integrator == hierarchy.integrator } }
    }

    /// Without a standard error where a gate says that there is none.
    private func mean(_ descriptor: ScalarDescriptor, _ estimate: MultilevelEstimate, freedom: Double)
        -> Scalar
    {
        let isSound = estimate.warnings.isEmpty
        var scalar = Scalar(
            study: study.name, case: "network", name: descriptor.name, method: Self.method,
            integrator: estimate.integrator, h: nil, value: estimate.value,
            standardError: isSound ? estimate.standardError : nil,
            intervalLow: isSound ? estimate.intervalLow : nil,
            intervalHigh: isSound ? estimate.intervalHigh : nil, unit: descriptor.unit)
        scalar.freedom = freedom
        return scalar
    }

    /// - Parameter reason: Why there is no slope.
    private func scalar(
        _ descriptor: ScalarDescriptor, _ integrator: String, _ slope: MultilevelRates.Slope?,
        unless reason: String
    ) -> Scalar {
        let width = slope.flatMap { slope in
            slope.standardError.map {
                $0 * Quantiles.standardErrors(confidence: study.sampling.confidence, freedom: slope.freedom)
            }
        }?.ifFinite
        var scalar = Scalar(
            study: study.name, case: "network", name: descriptor.name, method: Self.method,
            integrator: integrator, h: nil, value: slope?.value,
            standardError: slope?.standardError?.ifFinite,
            intervalLow: width.map { slope!.value - $0 }, intervalHigh: width.map { slope!.value + $0 },
            unit: descriptor.unit)
        scalar.freedom = slope?.freedom
        if slope == nil { scalar.note = reason }
        return scalar
    }

    package static let meanDescriptor = MeasureDescriptor(
        name: "multilevel-mean", summary: "mean of what a level of the multilevel estimator adds", unit: "",
        axisLabel: "|mean of difference|",
        sentence:
            "Mean of the difference that replaces step h by the next finer one, or the finest step by the reference: the "
            + "correction that a level of the multilevel estimator adds.", size: .one, isSigned: true)
    package static let varianceDescriptor = MeasureDescriptor(
        name: "multilevel-variance", summary: "variance of what a level of the multilevel estimator adds",
        unit: "", axisLabel: "variance of difference",
        sentence:
            "Variance, on one path, of the same difference: the smaller it is, the fewer paths a level of the multilevel "
            + "estimator takes.", size: .one)

    /// Mean and variance of what replaces an integrator's step h by the next finer one, or the finest by the reference, from the
    /// estimate of the greatest accuracy.
    var rows: [Row] {
        byIntegrator.flatMap { estimates -> [Row] in
            guard let best = estimates.indices.min(by: { estimates[$0].accuracy < estimates[$1].accuracy }),
                let sums = hierarchies.first(where: { $0.integrator == estimates[best].integrator })?.sums[
                    best]
            else { return [] }
            let levels = zip(estimates[best].levels, sums).dropFirst()
            return levels.map { row(Self.meanDescriptor, estimates[best], $0, $1) }
                + levels.map { row(Self.varianceDescriptor, estimates[best], $0, $1) }
        }
    }

    private func row(
        _ measure: MeasureDescriptor, _ estimate: MultilevelEstimate, _ level: MultilevelEstimate.Level,
        _ sums: LevelSums
    ) -> Row {
        let isMean = measure == Self.meanDescriptor
        let value = isMean ? level.mean : level.variance
        let error =
            isMean
            ? level.standardError : level.variance * sums.relativeVarianceOfVariance.squareRoot()
        let freedom = LevelEstimates.freedom(effectiveSample: sums.effectiveSample, paths: sums.count)
        let width = error * Quantiles.standardErrors(confidence: study.sampling.confidence, freedom: freedom)
        let isZero = isMean && abs(value) <= width
        let note =
            sums.isResolved
            ? (isZero ? Row.zeroNote : "") : "the kurtosis leaves too few paths that carry it"
        return Row(
            study: study.name, case: "network", integrator: estimate.integrator,
            reference: estimate.reference, measure: measure.name, observable: estimate.observable,
            h: level.coarserStep!, paths: level.paths, value: value, standardError: error.ifFinite,
            intervalLow: (value - width).ifFinite, intervalHigh: (value + width).ifFinite,
            resolved: note.isEmpty, effectiveSample: sums.effectiveSample, note: note)
    }

    /// Cost · ε² against the standard error ε: of the estimators, and of plain Monte Carlo with the reference, and with the
    /// integrator at its finest step.
    var curves: [Curve] {
        byIntegrator.flatMap { estimates -> [Curve] in
            guard estimates.count > 1, let step = estimates[0].levels.compactMap(\.h).last else { return [] }
            let integrator = estimates[0].integrator
            func curve(_ name: String, h: Double?, _ cost: (MultilevelEstimate) -> Double?) -> Curve {
                let known = estimates.compactMap { estimate in
                    cost(estimate).map {
                        (estimate.standardError, $0 * estimate.standardError * estimate.standardError)
                    }
                }.sorted { $0.0 < $1.0 }
                return Curve(
                    name: name, integrator: integrator, h: h, x: known.map(\.0), y: known.map(\.1))
            }
            return [
                curve("multilevel-cost", h: nil, \.cost),
                curve("multilevel-cost-plain", h: nil, \.plainCost),
                curve("multilevel-cost-finest", h: step, \.finestCost),
            ].filter { !$0.x.isEmpty }
        }
    }

    /// Seconds of one core that each level of each estimate took.
    var times: [Header.MultilevelTime] {
        hierarchies.flatMap { hierarchy in
            zip(choice.accuracies, hierarchy.sums).map {
                .init(integrator: hierarchy.integrator, accuracy: $0, seconds: $1.map(\.seconds))
            }
        }
    }
}
