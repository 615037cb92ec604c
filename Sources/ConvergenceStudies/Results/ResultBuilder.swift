import Foundation
import SpikingNumerics

/// Turns a study's sums into rows, orders, scalars and histograms.
struct ResultBuilder {
    let plan: StudyPlan
    let sums: BlockSums
    /// Of each tested participant, over all paths.
    let secondsOfWork: [Double]
    /// What is known without sampling; nil where the problem has no stationary law to be had.
    let stationary: StationaryEstimates?
    /// Exponents of twins at different distances.
    var twinSizes: [Curve] = []
    /// Nil where the study asks for none.
    var multilevel: MultilevelOutcome?
    /// What mean-field theory says; empty where the study does not ask.
    var meanField: [Scalar] = []

    var study: Study { plan.study }
    private var referenceName: String { plan.reference.integrator.name }

    /// - Throws: `GSLError`, `SolverError`.
    func estimates() throws -> StudyEstimates {
        try checkSolvers()
        let series = try plan.series.enumerated().map { s, series in
            let levels = try levels(s)
            let fit = Result { () throws(OrderFit.Failure) in
                try OrderFit(steps: study.steps, estimates: levels, confidence: study.sampling.confidence)
            }
            return StudyEstimates.Series(series: series, levels: levels, fit: fit)
        }
        return StudyEstimates(
            study: study, series: series,
            scalars: (scalars() + MeanSquareFit.scalars(series.map(\.levels), self)
                + (multilevel?.scalars ?? []) + meanField).map(
                    \.finite),
            paths: study.isSampled ? study.sampling.paths : LevelEstimates.asManyAsNeeded)
    }

    /// - Parameter judge: Has looked at these estimates.
    func result(
        _ estimates: StudyEstimates, judge: Judge, samplePath: SamplePath?, seconds: Double
    ) -> StudyResult {
        let rows =
            estimates.series.flatMap { self.rows($0.series, $0.levels) } + (multilevel?.rows ?? [])
        let checks = zip(study.expectations, judge.rulings).map { expectation, ruling in
            estimates.subject(of: expectation).check(expectation, of: study, judge: judge, ruling: ruling)
        }
        let orders = estimates.series.map { order($0, checks) }
        var result = StudyResult(
            header: header(seconds: seconds), rows: rows, orders: orders, scalars: estimates.scalars,
            distributions: distributions(), samplePath: samplePath)
        let warnings = study.warnings + rateWarnings(estimates.scalars)
        result.header.warnings = warnings.isEmpty ? nil : warnings
        result.crossings = sums.shown.crossings
        result.checks = checks
        result.errorBudget = checks.isEmpty ? nil : judge.budget
        if study.isSampled {
            result.samples = zip(plan.series, sums.series).map { sample($0, $1, header: result.header) }
        }
        result.multilevel = multilevel?.estimates
        let curves = curves() + (multilevel?.curves ?? [])
        if !curves.isEmpty { result.curves = curves }
        if let values = study.point?.at {
            for k in result.rows.indices { result.rows[k].point = values }
            for k in result.orders.indices { result.orders[k].point = values }
            for k in result.scalars.indices { result.scalars[k].point = values }
        }
        return result.finite
    }

    /// The values of a series, from samples or without.
    ///
    /// - Throws: `GSLError`.
    private func levels(_ s: Int) throws -> LevelEstimates {
        if let stationary, !study.isSampled { return stationary.levels(of: plan.series[s], of: study) }
        return try LevelEstimates(
            sums.series[s], estimate: plan.series[s].measure.estimate,
            confidence: study.sampling.confidence,
            steps: study.steps, roundingFloor: study.steps.map { roundingFloor(step: $0) },
            eventSize: eventSize(of: plan.series[s]),
            absent: absent(plan.series[s]))
    }

    /// What an event adds to a path's value; 0 where all paths are the same one, and where no neuron can fire.
    private func eventSize(of series: StudyPlan.Series) -> Double {
        guard study.problem.isRandom, !study.problem.neverFires else { return 0 }
        return series.measure.eventSize(
            EventScales(study.problem), neurons: series.case.neurons.count)
    }

    private func header(seconds: Double) -> Header {
        let paths = study.isSampled ? study.sampling.paths : 0
        var header = Header(
            formatVersion: Header.currentFormatVersion, toolVersion: ToolVersion.current, study: study.name,
            title: study.title,
            studyText: study.text, studyHash: study.hash,
            seed: study.sampling.seed,
            paths: paths,
            blocks: Array(0..<(paths + PathSampler.blockSize - 1) / PathSampler.blockSize),
            confidence: study.sampling.confidence, host: ProcessInfo.processInfo.hostName,
            time: .init(
                ended: Date().formatted(.iso8601), seconds: seconds,
                work: (study.isSampled ? secondsOfWork : []).enumerated().map { k, seconds in
                    .init(
                        integrator: participantName(k + 1), h: step(k + 1)!,
                        secondsPerPath: seconds / Double(paths))
                }))
        header.time.multilevel = multilevel?.times
        header.solvers = solverRecords()
        header.unit = study.unit
        header.point = study.point
        header.choices = study.choices.isEmpty ? nil : study.choices
        return header
    }

    /// What rounding alone makes of an error: every step rounds V to a few units in the last place of the largest voltage
    /// about, and a leak of time constant τ_m forgets what is older than τ_m.  Observables and spike times inherit it.
    private func roundingFloor(step: Double) -> Double {
        let models = study.problem.models
        let scale = models.flatMap { [1, abs($0.threshold), abs($0.reset), abs($0.restingPotential)] }.max()!
        let remembered = min(study.problem.duration, models.map(\.membraneTimeConstant).max()!) / step
        return 4 * Double.ulpOfOne * scale * max(1, remembered)
    }

    private func sample(_ series: StudyPlan.Series, _ moments: Moments, header: Header)
        -> SeriesSample
    {
        SeriesSample(
            header: header, case: series.case.name, integrator: study.integrators[series.integrator],
            reference: referenceName, measure: series.measure.name, observable: series.measure.observable,
            estimate: series.measure.estimate, steps: study.steps,
            roundingFloor: study.steps.map { roundingFloor(step: $0) }, eventSize: eventSize(of: series),
            moments: moments)
    }

    private func rows(_ series: StudyPlan.Series, _ estimates: LevelEstimates) -> [Row] {
        zip(study.steps, estimates.levels).map { step, level in
            Row(
                study: study.name, case: series.case.name, integrator: study.integrators[series.integrator],
                reference: referenceName, measure: series.measure.name, observable: series.measure.observable,
                h: step,
                paths: study.isSampled ? estimates.paths : 0, value: level.estimated?.value,
                standardError: level.estimated?.standardError.ifFinite,
                intervalLow: level.isResolved ? level.estimated?.low.ifFinite : nil,
                intervalHigh: level.isResolved ? level.estimated?.high.ifFinite : nil,
                resolved: level.isResolved,
                effectiveSample: study.isSampled ? level.effectiveSample : 0, note: level.note,
                upperBound: level.upperBound?.ifFinite)
        }
    }

    private func order(_ found: StudyEstimates.Series, _ checks: [Check]) -> Order {
        let series = found.series
        let integrator = study.integrators[series.integrator]
        let check = checks.first {
            $0.quantity == "order" && $0.integrator == integrator && $0.case == series.case.name
                && $0.name == series.measure.name && $0.observable == series.measure.observable
        }
        var order = Order(
            study: study.name, case: series.case.name, integrator: integrator, reference: referenceName,
            measure: series.measure.name, observable: series.measure.observable, order: nil, intervalLow: nil,
            intervalHigh: nil, levels: 0, expected: check?.expected, tolerance: check?.tolerance,
            kind: check?.kind, verdict: check?.verdict ?? .none, intercept: nil, note: "")
        switch found.fit {
        case .success(let fit):
            order.order = fit.order
            order.intervalLow = fit.low.ifFinite
            order.intervalHigh = fit.high.ifFinite
            order.levels = fit.levels
            order.intercept = fit.intercept
            order.note = fit.note
            order.localOrders = fit.localOrders
            order.isAsymptotic = fit.isAsymptotic
        case .failure(let failure):
            order.note = failure.note
        }
        return order
    }

    // MARK: Scalars

    private func scalars() -> [Scalar] {
        let known = stationary?.scalars(of: study) ?? []
        guard study.isSampled else { return known }
        let processes = (0...plan.tested.count).filter { !isSkipped($0) }.flatMap { participant in
            unlessDiverged(participant, scalars(participant: participant))
        }
        return processes + sums.probes.flatMap { $0.scalars(self) } + known
    }

    private func scalars(participant: Int) -> [Scalar] {
        let ofCases = plan.cases.indices.flatMap { c in
            if participant == 0, let law = plan.stationaryLaw {
                return ProcessMeans.scalars(law, case: c, self)
            }
            return withJackknife(
                sums.probes.flatMap { $0.scalars(participant: participant, case: c, self) }, participant, c)
        }
        return ofCases + sums.probes.flatMap { $0.scalars(participant: participant, self) }
    }

    /// Scalars with their values without groups of paths, where these are kept.
    private func withJackknife(_ scalars: [Scalar], _ participant: Int, _ c: Int) -> [Scalar] {
        guard study.keepsGroups else { return scalars }
        let values = sums.probes.reduce(into: [:]) {
            $0.merge($1.valuesLeavingOut(participant: participant, case: c)) { $1 }
        }
        return scalars.map { scalar in
            var scalar = scalar
            scalar.jackknife = values[scalar.name]
            return scalar
        }
    }

    /// The mean of a component.
    func mean(_ moments: Moments, _ k: Int) -> Estimated {
        estimated(moments.mean(k), variance: moments.covarianceOfMeans(k, k), count: moments.count)
    }

    /// The ratio of two components' means; nil where there is nothing to divide by.
    func ratio(
        _ moments: Moments, _ numerator: Int, per denominator: Int
    ) -> Estimated? {
        moments.ratio(numerator, per: denominator).map {
            estimated($0.value, variance: $0.variance, count: moments.count)
        }
    }

    func participantName(_ participant: Int) -> String {
        participant == 0 ? referenceName : plan.tested[participant - 1].integrator.name
    }

    func estimated(_ value: Double, variance: Double, count: Int) -> Estimated {
        let error = max(0, variance).squareRoot()
        let width = error * Quantiles.standardErrors(confidence: study.sampling.confidence, samples: count)
        return Estimated(value: value, standardError: error, low: value - width, high: value + width)
    }

    func scalar(
        _ participant: Int, _ c: Int, _ descriptor: ScalarDescriptor, method: String, _ value: Estimated?
    ) -> Scalar {
        Scalar(
            study: study.name, case: plan.cases[c].name, name: descriptor.name, method: method,
            integrator: participantName(participant), h: step(participant), value: value?.value,
            standardError: value?.standardError.ifFinite, intervalLow: value?.low.ifFinite,
            intervalHigh: value?.high.ifFinite, unit: descriptor.unit)
    }

    func step(_ participant: Int) -> Double? {
        participant == 0 ? nil : study.steps[(participant - 1) % study.steps.count]
    }

    // MARK: Histograms

    private func distributions() -> [Distribution] {
        study.isSampled ? sums.probes.flatMap { $0.distributions(self) } : []
    }

    /// - Parameter participant: 0 for the reference.
    func distribution(_ name: String, _ histogram: Histogram, participant: Int, unit: String) -> Distribution
    {
        Distribution(
            name: name, integrator: participantName(participant), h: step(participant), unit: unit,
            edges: histogram.edges, counts: histogram.counts,
            below: histogram.below, above: histogram.above)
    }

    // MARK: Curves

    private func curves() -> [Curve] {
        sums.probes.flatMap { $0.curves(self) } + (stationary.map { [$0.fluxDensity] } ?? []) + twinSizes
    }
}
