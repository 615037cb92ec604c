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
            scalars: (scalars() + meanSquareScalars(series.map(\.levels)) + (multilevel?.scalars ?? [])).map(
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
        result.crossings = sums.crossings
        result.checks = checks
        result.errorBudget = checks.isEmpty ? nil : judge.budget
        if study.isSampled {
            result.samples = zip(plan.series, sums.series).map { sample($0, $1, header: result.header) }
        }
        result.multilevel = multilevel?.estimates
        let curves = curves() + (multilevel?.curves ?? [])
        if !curves.isEmpty { result.curves = curves }
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
        var scalars: [Scalar] = []
        for participant in 0...plan.tested.count where !isSkipped(participant) {
            var own = plan.cases.indices.flatMap { processScalars(participant: participant, case: $0) }
            if plan.wantsTwins { own.append(twinScalar(participant: participant)) }
            scalars += unlessDiverged(participant, own)
        }
        return scalars + diagnosticScalars() + known
    }

    private func processScalars(participant: Int, case c: Int) -> [Scalar] {
        let moments = sums.processes[participant * plan.cases.count + c]
        let name = participantName(participant)
        func mean(_ statistic: ProcessStatistic) -> Estimated {
            let k = statistic.rawValue
            return estimated(moments.mean(k), variance: moments.covarianceOfMeans(k, k), count: moments.count)
        }
        if participant == 0, let law = plan.stationaryLaw { return knownScalars(law, case: c) }
        var scalars = [
            scalar(participant, c, .firingRate, method: name, mean(.rate)),
            scalar(participant, c, .meanCosine, method: name, mean(.cosine)),
        ]
        if plan.wantsLyapunov {
            var growth = mean(.saltation)
            let leak = leakRate(participant, case: c)
            growth.value += leak
            growth.low += leak
            growth.high += leak
            scalars.append(scalar(participant, c, .lyapunov, method: "saltation", growth))
        }
        if plan.wantsNetworkStatistics { scalars += statisticScalars(participant: participant, case: c) }
        return scalars
    }

    /// A law's means; how far they may be off stands for their standard error.
    private func knownScalars(_ law: StationaryLaw, case c: Int) -> [Scalar] {
        [(ProcessScalar.firingRate, "firing-rate"), (.meanCosine, "cos-V")].compactMap {
            quantity, observable in
            law.means[observable].map { known in
                scalar(
                    0, c, quantity, method: law.name,
                    Estimated(
                        value: known.value, standardError: known.error, low: known.value - known.error,
                        high: known.value + known.error))
            }
        }
    }

    private func statisticScalars(participant: Int, case c: Int) -> [Scalar] {
        let (intervals, neurons) = (sums.intervals[participant], plan.cases[c].neurons)
        let variation = statisticScalar(
            participant, c, .intervalVariation, intervals.coefficientOfVariation(neurons),
            bias: intervals.difference(neurons, from: sums.intervals[0])
        ) { max(0, $0.corrected) }
        guard neurons.count > 1 else { return [variation] }
        let synchrony = sums.synchrony[participant * plan.cases.count + c]
        return [
            variation,
            statisticScalar(
                participant, c, .synchrony, synchrony.probability,
                bias: synchrony.difference(from: sums.synchrony[c])
            ) { $0.value },
        ]
    }

    /// - Parameter bias: Of a tested participant against the reference.
    private func statisticScalar(
        _ participant: Int, _ c: Int, _ quantity: ProcessScalar, _ found: Jackknife.Found?,
        bias: Jackknife.Found?, value: (Jackknife.Found) -> Double
    ) -> Scalar {
        var result = scalar(
            participant, c, quantity, method: participantName(participant),
            found.map { estimated(value($0), variance: $0.variance, count: $0.groups) })
        result.freedom = found.map { Double($0.groups - 1) }
        if participant > 0, let bias {
            let bias = estimated(bias.value, variance: bias.variance, count: bias.groups)
            result.bias = bias.value
            result.biasStandardError = bias.standardError.ifFinite
            (result.biasLow, result.biasHigh) = (bias.low.ifFinite, bias.high.ifFinite)
        }
        return result
    }

    /// Σ log growth / Σ time over the paths.
    private func twinScalar(participant: Int) -> Scalar {
        // In a network it is the largest exponent of all.
        scalar(
            participant, 0, study.problem.network.neuronCount == 1 ? .lyapunov : .spectrum, method: "twin",
            ratio(sums.twins[participant], 0, per: 1))
    }

    /// The ratio of two components' means; nil where there is nothing to divide by.
    private func ratio(
        _ moments: Moments, _ numerator: Int, per denominator: Int
    ) -> Estimated? {
        moments.ratio(numerator, per: denominator).map {
            estimated($0.value, variance: $0.variance, count: moments.count)
        }
    }

    /// How fast a difference in V shrinks between spikes under the integrator's own step, on average over the neurons of a
    /// case, 1/ms.
    private func leakRate(_ participant: Int, case c: Int) -> Double {
        let neurons = plan.cases[c].neurons
        let rates = neurons.map { neuron in
            let model = study.problem.model(neuron: neuron)
            guard participant > 0 else { return -model.leakRate }
            let tested = plan.tested[participant - 1]
            return tested.integrator.leakRate(model: model, step: plan.forest.width(level: tested.level))
        }
        return rates.reduce(0, +) / Double(neurons.count)
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
        _ participant: Int, _ c: Int, _ quantity: ProcessScalar, method: String, _ value: Estimated?
    ) -> Scalar {
        Scalar(
            study: study.name, case: plan.cases[c].name, name: quantity.rawValue, method: method,
            integrator: participantName(participant), h: step(participant), value: value?.value,
            standardError: value?.standardError.ifFinite, intervalLow: value?.low.ifFinite,
            intervalHigh: value?.high.ifFinite, unit: quantity.unit)
    }

    private func step(_ participant: Int) -> Double? {
        participant == 0 ? nil : study.steps[(participant - 1) % study.steps.count]
    }

    // MARK: Histograms

    private func distributions() -> [Distribution] {
        guard study.isSampled else { return [] }
        let errors = sums.spikeTimeErrors.indices.map { k in
            distribution(
                "spike-time-error", sums.spikeTimeErrors[k], integrator: participantName(k + 1),
                h: step(k + 1), unit: "ms")
        }
        guard plan.stationaryLaw == nil else { return [] }
        let scaled = sums.scaledErrors.indices.map { k in
            distribution(
                "scaled-spike-time-error", sums.scaledErrors[k], integrator: participantName(k + 1),
                h: step(k + 1), unit: "V-units/ms")
        }
        return errors + scaled + [
            distribution(
                "crossing-speed", sums.crossingSpeeds, integrator: referenceName, h: nil, unit: "V-units/ms")
        ]
    }

    private func distribution(
        _ name: String, _ histogram: Histogram, integrator: String, h: Double?, unit: String
    ) -> Distribution {
        Distribution(
            name: name, integrator: integrator, h: h, unit: unit, edges: histogram.edges,
            counts: histogram.counts,
            below: histogram.below, above: histogram.above)
    }
}
