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
    private let resetHeights: [Double]
    /// For each integrator, the free run's series, then those of the replay.
    private let seriesOfRuns: [[Int]]

    init(plan: StudyPlan) {
        self.plan = plan
        simulation = plan.makeSimulation()
        solvers = SolverSession(plan: plan, simulation: simulation)
        neuronCount = plan.study.problem.network.neuronCount
        duration = plan.study.problem.duration
        scales = (0..<neuronCount).map { plan.scales(neuron: $0) }
        resetHeights = (0..<neuronCount).map { plan.study.problem.model(neuron: $0).resetHeight }
        seriesOfRuns = [false, true].flatMap { isReplay in
            plan.study.integrators.indices.map { integrator in
                plan.series.indices.filter {
                    plan.series[$0].integrator == integrator && plan.series[$0].case.isReplay == isReplay
                }
            }
        }
    }

    /// The sums over the paths of a block, as far as the study has them.
    ///
    /// - Throws: `SimulationError`, `SolverError`, `GSLError`.
    func sums(block: Int) async throws -> BlockSums {
        var sums = BlockSums(plan: plan)
        guard plan.study.isSampled else { return sums }
        let first = block * Self.blockSize
        let end = min(first + Self.blockSize, plan.study.sampling.paths)
        for batch in solvers.batches(of: first..<end) {
            try await solvers.solve(batch, recordInterval: simulation.recordInterval)
            for group in stride(from: batch.lowerBound, to: batch.upperBound, by: 8) {
                solvers.turn(to: group)
                try simulation.run(firstPath: group)
                for lane in 0..<min(8, end - group) {
                    add(path: group + lane, lane: lane, to: &sums)
                    try addSpectra(lane: lane, to: &sums)
                }
            }
        }
        sums.solvers = solvers.outcomes
        return sums
    }

    /// Seconds that each tested run has worked so far.
    var secondsOfWork: [Double] { zip(simulation.secondsOfWork, solvers.secondsOfWork).map(+) }

    private func add(path: Int, lane: Int, to sums: inout BlockSums) {
        let all = (simulation.tested + simulation.replayed).enumerated().map {
            comparison($0, of: $1, lane: lane)
        }
        addErrors(all, to: &sums)
        let comparisons = all[..<simulation.tested.count]
        addProcess(simulation.reference, participant: 0, lane: lane, to: &sums)
        for (k, run) in simulation.tested.enumerated() {
            addProcess(run, participant: k + 1, lane: lane, to: &sums)
        }
        for (k, growth) in simulation.twinGrowth.enumerated() {
            sums.twins[k].add([growth.logGrowth(lane: lane), growth.time[lane]], squares: [])
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
        noteCrossings(
            comparisons[plan.testedIndex(integrator: plan.drawnIntegrator ?? 0, step: coarsestStep)],
            path: path, to: &sums)
    }

    private func addScaledErrors(_ comparison: PathComparison, tested k: Int, to sums: inout BlockSums) {
        for neuron in comparison.neurons {
            for pair in neuron.matching.pairs {
                let speed = neuron.referenceSpikes[pair.reference].crossingSpeed
                sums.scaledErrors[k].add(speed * abs(pair.timeError) / comparison.step)
            }
        }
    }

    /// - Throws: `GSLError`.
    private func addSpectra(lane: Int, to sums: inout BlockSums) throws {
        guard plan.wantsSpectrum else { return }
        for (k, run) in ([simulation.reference] + simulation.tested).enumerated() {
            let spikes = (0..<neuronCount).map { simulation.spikes(of: run, neuron: $0, lane: lane) }
            sums.spectra[k].add(
                try LyapunovSpectrum(
                    problem: plan.study.problem, spikes: spikes, burnIn: duration / 4,
                    parts: SpectrumSums.parts))
        }
    }

    private var coarsestStep: Int {
        plan.study.steps.indices.max { plan.study.steps[$0] < plan.study.steps[$1] }!
    }

    private func comparison(_ k: Int, of run: any Run, lane: Int) -> PathComparison {
        let neurons = (0..<neuronCount).map { neuron in
            let (exact, state) = (simulation.reference.state(neuron: neuron), run.state(neuron: neuron))
            let exactSpikes = simulation.spikes(of: simulation.reference, neuron: neuron, lane: lane)
            let spikes = simulation.spikes(of: run, neuron: neuron, lane: lane)
            // A run too short for a record point is compared at its end.
            let difference = state.voltage[lane] - exact.voltage[lane]
            let records = simulation.recordCounts[k]
            var compared = PathComparison.Neuron(
                referenceVoltage: exact.voltage[lane], testedVoltage: state.voltage[lane],
                referenceCurrent: exact.current[lane], testedCurrent: state.current[lane],
                referenceSpikes: exactSpikes, testedSpikes: spikes,
                meanSquaredError: records > 0
                    ? simulation.squaredErrors[k][neuron][lane] / Double(records) : difference * difference,
                resetHeight: resetHeights[neuron],
                matching: SpikeMatching(
                    reference: exactSpikes, tested: spikes, window: scales[neuron].matchingWindow),
                scales: scales[neuron], duration: duration)
            let lateRecords = simulation.lateRecordCounts[k]
            compared.lateMeanSquaredError =
                lateRecords > 0
                ? simulation.lateSquaredErrors[k][neuron][lane] / Double(lateRecords)
                : difference * difference
            return compared
        }
        var comparison = PathComparison(neurons: neurons, stationaryLaw: plan.stationaryLaw)
        comparison.step = plan.study.steps[k % plan.study.steps.count]
        return comparison
    }

    /// Adds every series' errors at all steps of one path.
    private func addErrors(_ comparisons: [PathComparison], to sums: inout BlockSums) {
        let steps = plan.study.steps.count
        // Two components for each step at most, and the square of the error.
        var samples = [Double](repeating: 0, count: 3 * steps * plan.series.count)
        samples.withUnsafeMutableBufferPointer { samples in
            // A comparison is large, so it is taken up once for all measures.
            for (k, comparison) in comparisons.enumerated() {
                let step = k % steps
                for s in seriesOfRuns[k / steps] {
                    let place = 3 * steps * s
                    let sample = plan.series[s].measure.sample(
                        comparison, neurons: plan.series[s].case.neurons)
                    if plan.series[s].measure.estimate.isRatio {
                        samples[place + 2 * step] = sample.value
                        samples[place + 2 * step + 1] = sample.weight
                    } else {
                        samples[place + step] = sample.value
                    }
                    samples[place + 2 * steps + step] = sample.square
                }
            }
            for s in plan.series.indices {
                let all = UnsafeBufferPointer(rebasing: samples[3 * steps * s..<3 * steps * (s + 1)])
                sums.series[s].add(
                    UnsafeBufferPointer(rebasing: all[..<sums.series[s].dimension]),
                    squares: UnsafeBufferPointer(rebasing: all[(2 * steps)...]))
            }
        }
    }

    private func addProcess(_ run: any Run, participant: Int, lane: Int, to sums: inout BlockSums) {
        if plan.wantsNetworkStatistics {
            let trains = (0..<neuronCount).map {
                SpikeTrain(simulation.spikes(of: run, neuron: $0, lane: lane), duration: duration)
            }
            for (c, `case`) in plan.cases.enumerated() {
                let statistics = NetworkStatistics(Array(trains[`case`.neurons]))
                sums.statistics[participant * plan.cases.count + c].add(statistics.sums, squares: [])
            }
        }
        for (c, `case`) in plan.cases.enumerated() {
            var (count, saltation, cosine) = (0, 0.0, 0.0)
            for neuron in `case`.neurons {
                let spikes = simulation.spikes(of: run, neuron: neuron, lane: lane)
                count += spikes.count
                if plan.wantsLyapunov {
                    for spike in spikes {
                        saltation += plan.study.problem.model(neuron: neuron).logSaltation(
                            crossingSpeed: spike.crossingSpeed)
                    }
                }
                cosine += cos(run.state(neuron: neuron).voltage[lane])
            }
            let neurons = Double(`case`.neurons.count)
            sums.processes[participant * plan.cases.count + c].add(
                [Double(count) / (neurons * duration), saltation / (neurons * duration), cosine / neurons],
                squares: [])
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
