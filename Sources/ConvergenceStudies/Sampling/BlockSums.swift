import SpikingNumerics

/// Sums over the paths of a block, or of consecutive blocks.
///
/// Paths enter one by one in ascending order and `BlockFold` folds blocks in an order of their own, so a result does not
/// depend on how blocks were spread over threads and machines.
package struct BlockSums: Sendable {
    /// One per series of the plan.
    var series: [Moments]
    /// One per probe of the plan.
    var probes: [any AnyProbeSums]
    /// What part files have of the probes.
    package var archivedProbes: [any Archived] { probes }
    /// One per tested participant; blank for those of the catalogue.
    var solvers: [SolverOutcome]
    var diverged: DivergedRuns
    /// Spikes of the reference that are listed and drawn.
    var shown = ShownSpikes()

    init(plan: StudyPlan) {
        let steps = plan.study.steps.count
        series = plan.series.map { series in
            let perLevel = series.measure.estimate.isRatio ? 2 : 1
            return Moments(dimension: perLevel * steps, levels: steps)
        }
        probes = plan.probes.map(\.emptySums)
        solvers = .init(repeating: SolverOutcome(), count: plan.tested.count)
        diverged = DivergedRuns(plan: plan)
    }

    /// Sums over no path yet of a study.
    ///
    /// - Throws: `StudyPlanError`, `GSLError`, `FokkerPlanckError`.
    package init(of study: Study) throws { self.init(plan: try StudyPlan(study)) }

    /// Adds the next block.
    mutating func fold(_ later: BlockSums) {
        for k in series.indices { series[k].fold(later.series[k]) }
        for k in probes.indices { probes[k].fold(later.probes[k]) }
        for k in solvers.indices { solvers[k].fold(later.solvers[k]) }
        diverged.fold(later.diverged)
        shown.fold(later.shown)
    }
}

// MARK: Part files

extension BlockSums: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("series", &series)
        archive.begin("probes")
        for k in probes.indices { try probes[k].visit(&archive) }
        archive.end()
        try archive.property("solvers", &solvers)
        try archive.property("diverged", &diverged)
        try archive.property("shown", &shown)
    }
}

extension Moments {
    /// Adds a path's samples at all levels: the value of each, for ratios followed by its weight.
    mutating func add(_ samples: UnsafeBufferPointer<Sample>) {
        let isRatio = dimension > samples.count
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * samples.count) { numbers in
            let squares = UnsafeMutableBufferPointer(rebasing: numbers[(2 * samples.count)...])
            for (level, sample) in samples.enumerated() {
                if isRatio {
                    numbers[2 * level] = sample.value
                    numbers[2 * level + 1] = sample.weight
                } else {
                    numbers[level] = sample.value
                }
                squares[level] = sample.square
            }
            add(
                UnsafeBufferPointer(rebasing: numbers[..<dimension]),
                squares: UnsafeBufferPointer(squares))
        }
    }
}
