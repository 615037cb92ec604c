import SpikingNumerics

/// What a batch of paths brings along: initial states and external arrivals, and for some levels of the tree the noise.
package struct PathNoise {
    /// V and I: [paths, neurons, 2].
    package private(set) var initial: [Double] = []
    package private(set) var arrivals: [SolverRequest.Arrival] = []
    /// By level, each [paths, steps, neurons].
    package private(set) var increments: [Int: [Double]] = [:]
    package private(set) var integrals: [Int: [Double]] = [:]

    /// Makes the noise of batches.
    package final class Source {
        private let simulation: CoupledSimulation
        private let levels: [Int]

        /// - Parameters:
        ///   - reference, tested: The levels of all participants of the study; stationary initial states come out the
        ///     same only where these are the same.
        ///   - levels: Where noise is wanted.
        package init(
            problem: Problem, forest: BrownianForest, reference: Int, tested: [Int], levels: Set<Int>,
            wantsIntegrals: Bool, seed: UInt64
        ) {
            self.levels = levels.sorted()
            let recorders = self.levels.map {
                CoupledSimulation.Participant(NoiseRecorder(wantsIntegrals: wantsIntegrals), level: $0)
            }
            let idle = NoiseRecorder(wantsIntegrals: false, isIdle: true)
            simulation = CoupledSimulation(
                problem: problem, forest: forest, reference: .init(idle, level: reference),
                tested: recorders + Set(tested).map { .init(idle, level: $0) }, seed: seed)
        }

        /// - Parameter paths: Begins at a multiple of 8.
        /// - Throws: `SimulationError`.
        package func noise(paths: Range<Int>) throws(SimulationError) -> PathNoise {
            var noise = PathNoise()
            for first in stride(from: paths.lowerBound, to: paths.upperBound, by: 8) {
                try simulation.run(firstPath: first)
                for lane in 0..<min(8, paths.upperBound - first) {
                    noise.append(
                        simulation, levels: levels, lane: lane, path: first + lane - paths.lowerBound)
                }
            }
            return noise
        }
    }

    private mutating func append(_ simulation: CoupledSimulation, levels: [Int], lane: Int, path: Int) {
        for (level, run) in zip(levels, simulation.tested) {
            guard let run = run as? NoiseRecorderRun else { continue }
            increments[level, default: []].append(contentsOf: run.increments.lazy.map { $0[lane] })
            integrals[level, default: []].append(contentsOf: run.integrals.lazy.map { $0[lane] })
        }
        guard let any = simulation.tested.first as? NoiseRecorderRun else { return }
        for state in any.initial { initial += [state.voltage[lane], state.current[lane]] }
        arrivals += any.arrivals.lazy.filter { $0.lane == lane }.map {
            SolverRequest.Arrival(
                path: path, neuron: $0.neuron, time: $0.arrival.time, height: $0.arrival.weight,
                jump: .init($0.arrival.jump))
        }
    }
}
