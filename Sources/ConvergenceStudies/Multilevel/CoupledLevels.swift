import SpikingNumerics

/// Levels of an integrator at smaller and smaller steps, and the reference as the last one.
///
/// Both solutions of a level are driven by one Brownian path.  Every level of every stream has a seed of its own, drawn from
/// the study's by Philox under a purpose that nothing else uses, so that no two of them share a path.
///
/// Work is counted in units that are the same on every machine: one for drawing the noise of a cell of one neuron, one for a
/// step through it, and two for each cell that the reference splits, whose halves it both draws and passes.
package struct CoupledLevels: LevelSampling {
    package struct Level: Sendable {
        package var finer: CoupledSimulation.Participant
        /// Nil on the coarsest level.
        package var coarser: CoupledSimulation.Participant?

        package init(finer: CoupledSimulation.Participant, coarser: CoupledSimulation.Participant?) {
            (self.finer, self.coarser) = (finer, coarser)
        }
    }

    let problem: Problem
    let observable: Observable
    let forest: BrownianForest
    package var levels: [Level]
    let seed: UInt64
    /// Asked many times a second; once it says so, `SimulationError.interrupted` is thrown.
    var isInterrupted: @Sendable () -> Bool = { false }

    package init(
        problem: Problem, observable: Observable, forest: BrownianForest, levels: [Level], seed: UInt64
    ) {
        (self.problem, self.observable, self.forest) = (problem, observable, forest)
        (self.levels, self.seed) = (levels, seed)
    }

    /// - Parameter steps: In tree levels, the coarsest first.
    package init(
        problem: Problem, observable: Observable, forest: BrownianForest, integrator: any Integrator,
        steps: [Int], seed: UInt64
    ) {
        let base = max(ExactEvent.baseLevel(problem, forest: forest), steps[0])
        let grids = steps.map { CoupledSimulation.Participant(integrator, level: $0) }
        let solutions = grids + [.init(ExactEvent(), level: base)]
        self.init(
            problem: problem, observable: observable, forest: forest,
            levels: solutions.indices.map {
                Level(finer: solutions[$0], coarser: $0 == 0 ? nil : solutions[$0 - 1])
            }, seed: seed)
    }

    package var levelCount: Int { levels.count }

    package func sums(level: Int, stream: Int, paths: Range<Int>) throws -> LevelSums {
        let (finer, coarser) = (levels[level].finer, levels[level].coarser)
        let simulation = CoupledSimulation(
            problem: problem, forest: forest, reference: finer, tested: coarser.map { [$0] } ?? [],
            seed: seed(level: level, stream: stream))
        simulation.isInterrupted = isInterrupted
        let began = ContinuousClock.now
        var sums = LevelSums()
        for first in stride(from: paths.lowerBound, to: paths.upperBound, by: LevelAllocation.grain) {
            try simulation.run(firstPath: first)
            for lane in 0..<LevelAllocation.grain {
                sums.add(
                    finer: value(simulation.reference, lane: lane),
                    coarser: simulation.tested.first.map { value($0, lane: lane) })
            }
        }
        let runs = [simulation.reference] + simulation.tested
        let splits = runs.map { Double(($0 as? any SplittingRun)?.splitCells ?? 0) }
        let count = Double(paths.count)
        sums.add(
            work: count * cells([finer] + (coarser.map { [$0] } ?? [])) + 2 * splits.reduce(0, +),
            finerWork: count * cells([finer]) + 2 * splits[0])
        sums.seconds = began.duration(to: .now) / .seconds(1)
        return sums
    }

    private func seed(level: Int, stream: Int) -> UInt64 {
        let words = Philox(seed: seed, purpose: .multilevelSeeds).block([UInt32(level), UInt32(stream), 0, 0])
        return UInt64(words[0]) | UInt64(words[1]) << 32
    }

    /// Averaged over neurons.
    private func value(_ run: any Run, lane: Int) -> Double {
        let neurons = problem.network.neuronCount
        var sum = 0.0
        for neuron in 0..<neurons {
            let state = run.state(neuron: neuron)
            sum += observable.value(
                Divergence.bounded(state.voltage[lane]), Divergence.bounded(state.current[lane]),
                run.spikes(neuron: neuron, lane: lane).count)
        }
        return sum / Double(neurons) / (observable.isRate ? problem.duration : 1)
    }

    /// Cells drawn and passed on a path, without those that a run splits by itself.
    private func cells(_ solutions: [CoupledSimulation.Participant]) -> Double {
        let finest = forest.width(level: solutions.map(\.level).max()!)
        let passes = solutions.reduce(0) { $0 + problem.duration / forest.width(level: $1.level) }
        // The burn-in draws noise as fine as the runs need it, whoever burns in.
        let burnIn = if case .stationary(let time) = problem.initial { time } else { 0.0 }
        let base = min(solutions.map(\.level).max()!, ExactEvent.baseLevel(problem, forest: forest))
        let before = burnIn / finest + burnIn / forest.width(level: base)
        return Double(problem.network.neuronCount) * (before + problem.duration / finest + passes)
    }
}
