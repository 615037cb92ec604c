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
    /// - Throws: `SimulationError`, `SolverError`, `GSLError`, and what the watch throws.  The block has then what it had after its
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
        let spectra = try lanes.map { try self.spectra(lane: $0) }
        for lane in lanes {
            add(path: group + lane, lane: lane, to: &block.sums)
            for (k, spectrum) in spectra[lane].enumerated() { block.sums.spectra[k].add(spectrum) }
        }
        block.paths += lanes.count
        return true
    }

    /// Seconds that each tested run has worked so far.
    var secondsOfWork: [Double] { zip(simulation.secondsOfWork, solvers.secondsOfWork).map(+) }

    /// What a run has made of one neuron on one path.
    private struct Outcome {
        var voltage, current: Double
        var spikes: [Spike]

        var isBounded: Bool { Divergence.isBounded(voltage) && Divergence.isBounded(current) }
    }

    private func outcome(of run: any Run, neuron: Int, lane: Int) -> Outcome {
        let state = run.state(neuron: neuron)
        return Outcome(
            voltage: Divergence.bounded(state.voltage[lane]),
            current: Divergence.bounded(state.current[lane]),
            spikes: simulation.spikes(of: run, neuron: neuron, lane: lane))
    }

    private func add(path: Int, lane: Int, to sums: inout BlockSums) {
        let exact = (0..<neuronCount).map { outcome(of: simulation.reference, neuron: $0, lane: lane) }
        addProcess(participant: 0, path: path, to: &sums) { (exact[$0].voltage, exact[$0].spikes) }
        let runs = simulation.tested + simulation.replayed
        let all = runs.indices.map { k in
            let comparison = comparison(k, of: runs[k], with: exact, lane: lane)
            if k < simulation.tested.count {
                addProcess(participant: k + 1, path: path, to: &sums) {
                    (comparison.neurons[$0].testedVoltage, comparison.neurons[$0].testedSpikes)
                }
            }
            return comparison
        }
        noteDivergence(exact, all, to: &sums)
        addErrors(all, to: &sums)
        let comparisons = all[..<simulation.tested.count]
        for (k, growth) in simulation.twinGrowth.enumerated() {
            sums.twins[k].add(SIMD2(growth.logGrowth(lane: lane), growth.time[lane]))
        }
        for (k, comparison) in comparisons.enumerated() {
            for neuron in comparison.neurons {
                for pair in neuron.matching.pairs { sums.spikeTimeErrors[k].add(pair.timeError) }
            }
            if plan.wantsScaledErrors { addScaledErrors(comparison, tested: k, to: &sums) }
        }
        if plan.wantsCrossingTail {
            let crossings = comparisons[0].neurons.flatMap { $0.referenceSpikes.map(\.crossingSpeed) }
            let speeds = CrossingTail.speeds(plan.study.problem.model(neuron: 0))
            sums.crossingTail?.add(CrossingTail.sums(crossings, speeds: speeds), squares: [])
        }
        guard plan.stationaryLaw == nil else { return }
        noteCrossings(comparisons[drawnComparison], path: path, to: &sums)
    }

    private func addScaledErrors(_ comparison: PathComparison, tested k: Int, to sums: inout BlockSums) {
        for neuron in comparison.neurons {
            for pair in neuron.matching.pairs {
                let speed = neuron.referenceSpikes[pair.reference].crossingSpeed
                sums.scaledErrors[k].add(speed * abs(pair.timeError) / comparison.step)
            }
        }
    }

    /// Of each participant, where they are wanted.
    ///
    /// - Throws: `GSLError`.
    private func spectra(lane: Int) throws -> [LyapunovSpectrum] {
        guard plan.wantsSpectrum else { return [] }
        return try ([simulation.reference] + simulation.tested).map { run in
            let spikes = (0..<neuronCount).map { simulation.spikes(of: run, neuron: $0, lane: lane) }
            return try LyapunovSpectrum(
                problem: plan.study.problem, spikes: spikes, burnIn: duration / 4,
                parts: SpectrumSums.parts)
        }
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

    /// - Parameter outcome: Of a neuron.
    @inline(__always)
    private func addProcess(
        participant: Int, path: Int, to sums: inout BlockSums,
        _ outcome: (Int) -> (voltage: Double, spikes: [Spike])
    ) {
        if plan.wantsNetworkStatistics {
            let trains = (0..<neuronCount).map { SpikeTrain(outcome($0).spikes, duration: duration) }
            sums.intervals[participant].add(path: path, trains)
            for (c, `case`) in plan.cases.enumerated() {
                sums.synchrony[participant * plan.cases.count + c].add(
                    path: path, Array(trains[`case`.neurons]))
            }
        }
        for (c, `case`) in plan.cases.enumerated() {
            var (count, saltation, cosine) = (0, 0.0, 0.0)
            for neuron in `case`.neurons {
                let (voltage, spikes) = outcome(neuron)
                count += spikes.count
                if plan.wantsLyapunov { saltation += models[neuron].logSaltation(spikes) }
                cosine += cos(voltage)
            }
            let neurons = Double(`case`.neurons.count)
            sums.processes[participant * plan.cases.count + c].add(
                SIMD3(
                    Double(count) / (neurons * duration), saltation / (neurons * duration), cosine / neurons))
        }
    }

    /// Crossing speeds of the reference, and in the first block the most nearly tangential spike that parted the first
    /// integrator, at the coarsest step, from the reference; failing that, the reference's most nearly tangential one.
    private func noteCrossings(_ comparison: PathComparison, path: Int, to sums: inout BlockSums) {
        for (n, neuron) in comparison.neurons.enumerated() {
            for spike in neuron.referenceSpikes { sums.crossingSpeeds.add(spike.crossingSpeed) }
            if plan.wantsCrossings, sums.crossings.count < Crossing.limit {
                sums.crossings += neuron.referenceSpikes.map {
                    Crossing(path: path, neuron: n, time: $0.time, speed: $0.crossingSpeed)
                }
            }
            guard path < Self.blockSize else { continue }
            let parting = firstWithoutPartner(neuron)
            for spike in parting.map({ [$0] }) ?? neuron.referenceSpikes {
                let call = ClosestCall(
                    path: path, neuron: n, time: spike.time, crossingSpeed: spike.crossingSpeed,
                    isParting: parting != nil)
                if sums.closestCall.map({ call.isCloser(than: $0) }) ?? true { sums.closestCall = call }
            }
        }
    }

    /// The first spike of either train that has no partner in the other.
    private func firstWithoutPartner(_ neuron: PathComparison.Neuron) -> Spike? {
        let pairs = neuron.matching.pairs
        let (known, found) = (Set(pairs.map(\.reference)), Set(pairs.map(\.tested)))
        let missed = neuron.referenceSpikes.indices.first { !known.contains($0) }
        let extra = neuron.testedSpikes.indices.first { !found.contains($0) }
        return [missed.map { neuron.referenceSpikes[$0] }, extra.map { neuron.testedSpikes[$0] }]
            .compactMap { $0 }.min { $0.time < $1.time }
    }
}
