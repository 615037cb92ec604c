import SpikingNumerics

/// What a study's multilevel estimators found.
package struct MultilevelOutcome: Sendable {
    /// One integrator's estimates, one for each accuracy.
    struct Hierarchy: Sendable {
        var integrator: String
        /// ms, the coarsest first.
        var steps: [Double]
        var sums: [[LevelSums]]
    }

    let study: Study
    let choice: Study.MultilevelChoice
    let hierarchies: [Hierarchy]

    /// Nil where the study asks for none.
    ///
    /// - Throws: `StudyPlanError`, `GSLError`, `MultilevelError`, `SimulationError`.
    init?(_ study: Study, threads: Int, isInterrupted: @escaping @Sendable () -> Bool) throws {
        guard let choice = study.multilevel,
            let observable = Observable.all.first(where: { $0.name == choice.observable })
        else { return nil }
        let integrators = try study.integrators.map { try study.integrator(named: $0) }
        let forest = try BrownianForest(
            study.problem, rootCell: study.sampling.rootCell,
            content: NoiseContent(of: [ExactEvent()] + integrators))
        let steps = study.steps.sorted(by: >)
        let treeLevels = try steps.map { try forest.grid.treeLevel(step: $0) }
        (self.study, self.choice) = (study, choice)
        hierarchies = try integrators.enumerated().map { index, integrator in
            var levels = CoupledLevels(
                problem: study.problem, observable: observable, forest: forest,
                integrator: integrator, steps: treeLevels, seed: study.sampling.seed)
            levels.isInterrupted = isInterrupted
            let estimator = MultilevelEstimator(levels, pilot: choice.pilot, threads: threads)
            let sums = try choice.accuracies.enumerated().map { k, accuracy in
                try estimator.sums(accuracy: accuracy, stream: index * choice.accuracies.count + k)
            }
            return Hierarchy(integrator: study.integrators[index], steps: steps, sums: sums)
        }
    }

    private var gates: MultilevelGates {
        MultilevelGates(
            falseAlarm: study.sampling.falseAlarm,
            comparisons: hierarchies.reduce(0) { $0 + $1.sums.count * $1.steps.count },
            isCertain: isCertain)
    }

    /// Whether all paths have the same value, so that agreement says it all: without noise, and for spikes where no neuron can fire.
    private var isCertain: Bool {
        let observable = Observable.all.first { $0.name == choice.observable }
        return !study.problem.isRandom || study.problem.neverFires && observable?.isOfSpikes == true
    }

    var estimates: [MultilevelEstimate] {
        hierarchies.flatMap { hierarchy in
            zip(choice.accuracies, hierarchy.sums).map { estimate(hierarchy, accuracy: $0, $1) }
        }
    }

    private func estimate(
        _ hierarchy: Hierarchy, accuracy: Double, _ sums: [LevelSums]
    ) -> MultilevelEstimate {
        let error = sums.standardError
        let width =
            error * Quantiles.standardErrors(confidence: study.sampling.confidence, freedom: sums.freedom)
        let (reference, finest) = (sums[sums.count - 1], sums[sums.count - 2])
        // What is left of the mean square error for the bias of the finest step.
        let room = error * error - reference.mean * reference.mean
        return MultilevelEstimate(
            study: study.name, integrator: hierarchy.integrator, reference: ExactEvent().name,
            observable: choice.observable, accuracy: accuracy, value: sums.mean, standardError: error,
            intervalLow: sums.mean - width, intervalHigh: sums.mean + width, cost: sums.work,
            plainCost: (reference.finerVariance * reference.finerCostPerPath / (error * error)).ifFinite,
            finestCost: room > 0 ? (finest.finerVariance * finest.finerCostPerPath / room).ifFinite : nil,
            levels: sums.indices.map { level($0, of: sums, hierarchy.steps) },
            warnings: gates.warnings(sums, names: names(hierarchy.steps)))
    }

    private func level(_ l: Int, of sums: [LevelSums], _ steps: [Double]) -> MultilevelEstimate.Level {
        MultilevelEstimate.Level(
            h: l < steps.count ? steps[l] : nil, coarserStep: l > 0 ? steps[l - 1] : nil,
            paths: sums[l].count, mean: sums[l].mean,
            standardError: (sums[l].variance / Double(sums[l].count)).squareRoot(),
            variance: sums[l].variance, kurtosis: sums[l].kurtosis.ifFinite, cost: sums[l].costPerPath,
            consistency: l > 0 ? MultilevelGates.consistency(sums[l], before: sums[l - 1]).ifFinite : nil)
    }

    private func names(_ steps: [Double]) -> [String] { steps.map { "h = \($0)" } + [ExactEvent().name] }
}
