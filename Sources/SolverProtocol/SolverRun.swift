import SpikingNumerics

/// A solver as an integrator among others.
package struct SolverIntegrator: Integrator {
    package let name: String
    package let declaredOrder = DeclaredOrder(
        strong: nil, weak: nil, source: "a solver outside the catalogue, which claims nothing")

    package let noise: NoiseContent

    /// - Parameter wantsIntegrals: Whether the solver is given ΔZ, too.
    package init(name: String, wantsIntegrals: Bool) {
        self.name = name
        noise = wantsIntegrals ? .integrals : .increments
    }

    package func makeRun(problem: Problem, forest: BrownianForest, level: Int) -> any Run {
        SolverRun(problem: problem, level: level)
    }
}

/// Replays what a solver has found, eight paths at a time.
package final class SolverRun: Run {
    private let neuronCount, level: Int
    private var solved: SolvedPaths?
    private var firstPath = 0
    private var lanes = 0..<0
    private var trains: [[Spike]]
    private var nextRecord = 0
    package private(set) var recordedVoltages: [[Lanes]]

    init(problem: Problem, level: Int) {
        neuronCount = problem.network.neuronCount
        self.level = level
        trains = .init(repeating: [], count: 8 * neuronCount)
        recordedVoltages = .init(repeating: [], count: neuronCount)
    }

    /// Turns to a group of paths.
    ///
    /// - Parameters:
    ///   - solved: Nil where the solver does not support the case; the run then stands still.
    ///   - firstPath: The group's first path, counted within the batch.
    package func turn(to solved: SolvedPaths?, firstPath: Int, paths: Int) {
        self.solved = solved
        self.firstPath = firstPath
        lanes = 0..<min(8, paths - firstPath)
    }

    package func start(_ states: [LaneState]) {
        nextRecord = 0
        for neuron in 0..<neuronCount {
            for lane in 0..<8 {
                // How fast a solver's V crosses the threshold is not known.
                trains[8 * neuron + lane] = times(neuron, lane).map { Spike(time: $0, crossingSpeed: .nan) }
            }
        }
    }

    private func times(_ neuron: Int, _ lane: Int) -> [Double] {
        guard let solved, lanes.contains(lane) else { return [] }
        return solved.spikeTimes(path: firstPath + lane, neuron: neuron)
    }

    package func advance(_ neurons: Range<Int>, through windows: [NoiseWindow]) {}

    /// All that there is of a window is known when it begins.
    package func begin(_ windows: [NoiseWindow]) {
        for neuron in 0..<neuronCount { recordedVoltages[neuron].removeAll(keepingCapacity: true) }
        guard let solved else { return }
        let ticks = TimeGrid.ticks(level: level)
        while nextRecord < solved.recordedSteps.count {
            let tick = solved.recordedSteps[nextRecord] * ticks
            guard tick <= windows[0].end else { return }
            // The last recorded step is the end of the simulation, which need not be a record point.
            if tick % windows[0].recordInterval == 0 {
                for neuron in 0..<neuronCount {
                    recordedVoltages[neuron].append(state(neuron, record: nextRecord).voltage)
                }
            }
            nextRecord += 1
        }
    }

    /// The state at the end of the simulation.
    package func state(neuron: Int) -> LaneState {
        solved.map { state(neuron, record: $0.recordedSteps.count - 1) }
            ?? LaneState(voltage: .zero, current: .zero)
    }

    private func state(_ neuron: Int, record: Int) -> LaneState {
        var state = LaneState(voltage: .zero, current: .zero)
        for lane in lanes {
            let found = solved!.state(path: firstPath + lane, record: record, neuron: neuron)
            (state.voltage[lane], state.current[lane]) = (found.voltage, found.current)
        }
        return state
    }

    /// What a solver has done cannot be changed.
    package func setState(_ state: LaneState, neuron: Int) {}

    package func spikes(neuron: Int, lane: Int) -> [Spike] { trains[8 * neuron + lane] }
}
