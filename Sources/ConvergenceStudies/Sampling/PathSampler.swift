import Foundation
import SpikingNumerics

/// Simulates blocks of paths and adds up what the plan asks for.
///
/// One sampler works on one thread.
final class PathSampler {
    /// Paths are folded in blocks of this many.
    static let blockSize = 1024

    private let plan: StudyPlan
    private let simulation: CoupledSimulation
    private let solvers: SolverSession
    private let neuronCount: Int
    private let duration: Double
    /// Of each neuron.
    private let scales: [SpikeTimeScales]
    private let models: [NeuronModel]
    private let series: [SampledSeries]
    /// The comparison that the picture of a path is taken from: the first integrator's, at the coarsest step.
    private let drawnComparison: Int

    /// What is needed of a series on every path.
    private struct SampledSeries {
        /// Samples of the paths at all steps; a measure itself would be copied each time.
        var sample: (UnsafeBufferPointer<PathComparison>, UnsafeMutablePointer<Sample>) -> Void
        /// The run at the first of its steps, among the tested ones and then the replayed ones.
        var firstRun: Int
    }

    init(plan: StudyPlan) {
        self.plan = plan
        simulation = plan.makeSimulation()
        solvers = SolverSession(plan: plan, simulation: simulation)
        neuronCount = plan.study.problem.network.neuronCount
        duration = plan.study.problem.duration
        scales = (0..<neuronCount).map { plan.scales(neuron: $0) }
        models = (0..<neuronCount).map { plan.study.problem.model(neuron: $0) }
        series = plan.series.map { series in
            let (measure, neurons) = (series.measure, series.case.neurons)
            return SampledSeries(
                sample: { measure.sample($0, neurons: neurons, into: $1) },
                firstRun: plan.testedIndex(integrator: series.integrator, step: 0)
                    + (series.case.isReplay ? plan.tested.count : 0))
        }
        let steps = plan.study.steps
        drawnComparison = plan.testedIndex(
            integrator: plan.drawnIntegrator ?? 0, step: steps.indices.max { steps[$0] < steps[$1] }!)
    }

    /// Who looks on while a block is sampled.
    struct Watch {
        /// Asked many times a second.
        var isInterrupted: () -> Bool
        /// How many of the block's paths are done, a fraction of a group of eight included.
        var progressed: (Double) -> Void
        /// Shown the block after every group.
        var look: (PartialBlock) throws -> Void
    }

    /// Samples the paths that a block lacks, as far as the study has them, or until the watch interrupts it.  A group of paths that is
    /// interrupted is lost, and so is what solvers have made of a batch that is not added up yet.
    ///
    /// - Parameter count: How many paths the block is to have in the end, or some more where that divides a group.
    /// - Throws: `SimulationError`, `SolverError`, and what the watch throws.  The block has then what it had after its
    ///   last group.
    func extend(_ block: inout PartialBlock, to count: Int = blockSize, watch: Watch) async throws {
        let first = block.first
        let end = min(first + Self.blockSize, plan.study.sampling.paths)
        guard plan.study.isSampled else {
            block.paths = end - first
            return
        }
        let known = block.paths
        simulation.isInterrupted = watch.isInterrupted
        for batch in solvers.batches(of: first..<end) where batch.upperBound > first + known {
            guard try await solve(batch, watch) else { return }
            let start = max(batch.lowerBound, first + known)
            for group in stride(from: start, to: min(batch.upperBound, first + count), by: 8) {
                simulation.progressed = { watch.progressed(Double(group - first) + 8 * $0) }
                guard try add(group: group, before: end, to: &block) else { return }
                if first + block.paths == batch.upperBound {
                    for k in block.sums.solvers.indices { block.sums.solvers[k].fold(solvers.outcomes[k]) }
                }
                try watch.look(block)
            }
            guard first + block.paths == batch.upperBound else { return }
        }
    }

    /// How many paths of a block are sampled at a time: as many as solvers are given at once.
    func batch(after block: PartialBlock) -> Int {
        guard !plan.study.solvers.isEmpty else { return 8 }
        let first = block.first
        let batches = solvers.batches(of: first..<min(first + Self.blockSize, plan.study.sampling.paths))
        return (batches.first { $0.upperBound > first + block.paths }?.upperBound ?? first) - first
            - block.paths
    }

    /// - Returns: Whether it came to its end.
    private func solve(_ batch: Range<Int>, _ watch: Watch) async throws -> Bool {
        do {
            try await solvers.solve(batch, recordInterval: simulation.recordInterval)
            return true
        } catch {
            // Solvers are ended, too, and what they complain of then is of no interest.
            if watch.isInterrupted() { return false }
            throw error
        }
    }

    /// Adds eight paths, or as many of them as the study has.
    ///
    /// - Returns: Whether it came to its end.
    private func add(group: Int, before end: Int, to block: inout PartialBlock) throws -> Bool {
        solvers.turn(to: group)
        do {
            try simulation.run(firstPath: group)
        } catch .interrupted {
            return false
        }
        let lanes = 0..<min(8, end - group)
        for lane in lanes { add(path: group + lane, lane: lane, to: &block.sums) }
        block.paths += lanes.count
        return true
    }

    /// Seconds that each tested run has worked so far.
    var secondsOfWork: [Double] { zip(simulation.secondsOfWork, solvers.secondsOfWork).map(+) }

    private typealias Outcome = SampledPath.Outcome

    private func outcome(of run: any Run, neuron: Int, lane: Int) -> Outcome {
        let state = run.state(neuron: neuron)
        return Outcome(
            voltage: Divergence.bounded(state.voltage[lane]),
            current: Divergence.bounded(state.current[lane]),
            spikes: simulation.spikes(of: run, neuron: neuron, lane: lane))
    }

    private func add(path: Int, lane: Int, to sums: inout BlockSums) {
        let exact = (0..<neuronCount).map { outcome(of: simulation.reference, neuron: $0, lane: lane) }
        let runs = simulation.tested + simulation.replayed
        let comparisons = runs.indices.map { comparison($0, of: runs[$0], with: exact, lane: lane) }
        noteDivergence(exact, comparisons, to: &sums)
        addErrors(comparisons, to: &sums)
        let sampled = SampledPath(
            number: path, lane: lane, reference: exact, comparisons: comparisons[..<simulation.tested.count],
            twinGrowth: simulation.twinGrowth)
        for k in sums.probes.indices { sums.probes[k].add(sampled) }
        guard plan.stationaryLaw == nil else { return }
        sums.shown.add(comparisons[drawnComparison], path: path, lists: plan.listsCrossings)
    }

    private func comparison(
        _ k: Int, of run: any Run, with exact: [Outcome], lane: Int
    ) -> PathComparison {
        let neurons = exact.indices.map { neuron in
            let (exact, tested) = (exact[neuron], outcome(of: run, neuron: neuron, lane: lane))
            // A run too short for a record point is compared at its end.
            let difference = tested.voltage - exact.voltage
            let meanSquares = simulation.meanSquaredErrors(run: k, neuron: neuron)
            var compared = PathComparison.Neuron(
                referenceVoltage: exact.voltage, testedVoltage: tested.voltage,
                referenceCurrent: exact.current, testedCurrent: tested.current,
                referenceSpikes: exact.spikes, testedSpikes: tested.spikes,
                meanSquaredError: Divergence.boundedSquare(
                    meanSquares.all?[lane] ?? difference * difference),
                resetHeight: models[neuron].resetHeight,
                matching: SpikeMatching(
                    reference: exact.spikes, tested: tested.spikes, window: scales[neuron].matchingWindow),
                scales: scales[neuron], duration: duration)
            compared.lateMeanSquaredError = Divergence.boundedSquare(
                meanSquares.late?[lane] ?? difference * difference)
            return compared
        }
        var comparison = PathComparison(neurons: neurons, stationaryMeans: plan.stationaryLaw?.means)
        comparison.step = plan.study.steps[k % plan.study.steps.count]
        return comparison
    }

    private func noteDivergence(
        _ exact: [Outcome], _ comparisons: [PathComparison], to sums: inout BlockSums
    ) {
        if !exact.allSatisfy(\.isBounded) { sums.diverged.add(run: 0) }
        for (k, comparison) in comparisons.enumerated()
        where !comparison.neurons.allSatisfy(\.isBounded) {
            sums.diverged.add(run: k + 1)
        }
    }

    /// Adds every series' errors at all steps of one path.
    private func addErrors(_ comparisons: [PathComparison], to sums: inout BlockSums) {
        let steps = plan.study.steps.count
        comparisons.withUnsafeBufferPointer { comparisons in
            withUnsafeTemporaryAllocation(of: Sample.self, capacity: steps) { samples in
                for s in series.indices {
                    let runs = series[s].firstRun..<series[s].firstRun + steps
                    series[s].sample(
                        UnsafeBufferPointer(rebasing: comparisons[runs]), samples.baseAddress!)
                    sums.series[s].add(UnsafeBufferPointer(samples))
                }
            }
        }
    }
}
