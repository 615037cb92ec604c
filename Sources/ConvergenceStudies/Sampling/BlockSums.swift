import SpikingNumerics

/// Sums over the paths of a block, or of consecutive blocks.
///
/// Paths enter one by one in ascending order and `BlockFold` folds blocks in an order of their own, so a result does not
/// depend on how blocks were spread over threads and machines.
package struct BlockSums: Sendable {
    /// One per series of the plan.
    var series: [Moments]
    /// One per participant (the reference first) and case: rate, saltation, cos V, in this order.
    var processes: [Moments]
    /// One per participant and case where network statistics are wanted.
    var synchrony: [SynchronySums]
    /// One per participant where network statistics are wanted.
    var intervals: [IntervalSums]
    /// One per participant where there are twins: Σ log growth and the time it took.
    var twins: [Moments]
    /// One per tested participant.
    var spikeTimeErrors: [Histogram]
    /// One per tested participant; blank for those of the catalogue.
    var solvers: [SolverOutcome]
    var diverged: DivergedRuns
    /// Of the reference's spikes.
    var crossingSpeeds: Histogram
    /// A|δt|/h of matched spikes, A their crossing speed in the reference, one for each tested participant where that is wanted.
    var scaledErrors: [Histogram]
    /// One per participant where Lyapunov spectra are wanted.
    var spectra: [SpectrumSums]
    /// Of the reference's crossing speeds, where their tail is wanted.
    var crossingTail: Moments?
    var closestCall: ClosestCall?
    /// Of the first paths, in order.
    var crossings: [Crossing] = []

    init(plan: StudyPlan) {
        let steps = plan.study.steps.count
        series = plan.series.map { series in
            let perLevel = series.measure.estimate.isRatio ? 2 : 1
            return Moments(dimension: perLevel * steps, levels: steps)
        }
        let participants = plan.tested.count + 1
        processes = .init(
            repeating: Moments(dimension: ProcessStatistic.allCases.count, levels: 0),
            count: participants * plan.cases.count)
        synchrony = .init(
            repeating: SynchronySums(),
            count: plan.wantsNetworkStatistics ? participants * plan.cases.count : 0)
        intervals = .init(
            repeating: IntervalSums(neurons: plan.study.problem.network.neuronCount),
            count: plan.wantsNetworkStatistics ? participants : 0)
        twins = .init(repeating: Moments(dimension: 2, levels: 0), count: plan.wantsTwins ? participants : 0)
        spikeTimeErrors = .init(
            repeating: Histogram(edges: Histogram.timeErrorEdges), count: plan.tested.count)
        solvers = .init(repeating: SolverOutcome(), count: plan.tested.count)
        diverged = DivergedRuns(plan: plan)
        crossingSpeeds = Histogram(edges: Histogram.crossingSpeedEdges(plan.study.problem.models))
        scaledErrors = .init(repeating: crossingSpeeds, count: plan.wantsScaledErrors ? plan.tested.count : 0)
        spectra = .init(
            repeating: SpectrumSums(neurons: plan.study.problem.network.neuronCount),
            count: plan.wantsSpectrum ? participants : 0)
        crossingTail = plan.wantsCrossingTail ? Moments(dimension: CrossingTail.dimension, levels: 0) : nil
    }

    /// Sums over no path yet of a study.
    ///
    /// - Throws: `StudyPlanError`, `GSLError`, `FokkerPlanckError`.
    package init(of study: Study) throws { self.init(plan: try StudyPlan(study)) }

    /// Adds the next block.
    mutating func fold(_ later: BlockSums) {
        for k in series.indices { series[k].fold(later.series[k]) }
        for k in processes.indices { processes[k].fold(later.processes[k]) }
        for k in synchrony.indices { synchrony[k].fold(later.synchrony[k]) }
        for k in intervals.indices { intervals[k].fold(later.intervals[k]) }
        for k in twins.indices { twins[k].fold(later.twins[k]) }
        for k in spikeTimeErrors.indices { spikeTimeErrors[k].fold(later.spikeTimeErrors[k]) }
        for k in solvers.indices { solvers[k].fold(later.solvers[k]) }
        diverged.fold(later.diverged)
        crossingSpeeds.fold(later.crossingSpeeds)
        for k in scaledErrors.indices { scaledErrors[k].fold(later.scaledErrors[k]) }
        for k in spectra.indices { spectra[k].fold(later.spectra[k]) }
        if let tail = later.crossingTail { crossingTail?.fold(tail) }
        closestCall = closestCall ?? later.closestCall
        crossings += later.crossings.prefix(max(0, Crossing.limit - crossings.count))
    }
}

/// What is averaged of a single process, as opposed to a difference of two.
enum ProcessStatistic: Int, CaseIterable, Sendable {
    /// Spikes per neuron and ms.
    case rate
    /// Σ log of the saltation factors, per neuron and ms.
    case saltation
    /// cos V at T.
    case cosine
}

/// The spike that shows best where errors come from.
struct ClosestCall: Sendable {
    var path: Int
    var neuron: Int
    /// When it happens, ms.
    var time: Double
    var crossingSpeed: Double
    /// Whether only one of the two solutions has the spike; otherwise it was displaced at most.
    var isParting: Bool

    /// Paths that come apart show more than such that do not; among these, slow crossings show most.
    func isCloser(than other: ClosestCall) -> Bool {
        if isParting != other.isParting { return isParting }
        return crossingSpeed < other.crossingSpeed
    }
}

// MARK: Part files

extension BlockSums {
    /// Whether the spikes that are listed and drawn are on paths and neurons of the study.
    func placesAreWithin(_ study: Study) -> Bool {
        func contains(path: Int, neuron: Int, time: Double) -> Bool {
            (0..<study.sampling.paths).contains(path)
                && (0..<study.problem.network.neuronCount).contains(neuron)
                && time.isFinite
        }
        return crossings.allSatisfy { contains(path: $0.path, neuron: $0.neuron, time: $0.time) }
            && closestCall.map { contains(path: $0.path, neuron: $0.neuron, time: $0.time) } ?? true
    }
}

extension BlockSums: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("series", &series)
        try archive.property("processes", &processes)
        try archive.property("synchrony", &synchrony)
        try archive.property("intervals", &intervals)
        try archive.property("twins", &twins)
        try archive.property("spikeTimeErrors", &spikeTimeErrors)
        try archive.property("solvers", &solvers)
        try archive.property("diverged", &diverged)
        try archive.property("crossingSpeeds", &crossingSpeeds)
        try archive.property("scaledErrors", &scaledErrors)
        try archive.property("spectra", &spectra)
        try archive.property(
            "crossingTail", &crossingTail,
            blank: Moments(dimension: CrossingTail.dimension, levels: 0))
        try archive.property(
            "closestCall", &closestCall,
            blank: .init(path: 0, neuron: 0, time: 0, crossingSpeed: 0, isParting: false))
        try archive.property(
            "crossings", &crossings, blank: .init(path: 0, neuron: 0, time: 0, speed: 0),
            limit: Crossing.limit)
    }
}

extension ClosestCall: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("path", &path)
        try archive.property("neuron", &neuron)
        try archive.property("time", &time)
        try archive.property("crossingSpeed", &crossingSpeed)
        try archive.property("isParting", &isParting)
    }
}

extension Crossing: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("path", &path)
        try archive.property("neuron", &neuron)
        try archive.property("time", &time)
        try archive.property("speed", &speed)
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
