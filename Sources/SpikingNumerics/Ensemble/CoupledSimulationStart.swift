/// Where the paths of a simulation begin.
extension CoupledSimulation {
    /// The states of neurons; what their receptors hold becomes `startReceptors`.
    func initialStates(firstPath: Int) throws(SimulationError) -> [LaneState] {
        startReceptors = []
        let count = problem.network.neuronCount
        switch problem.initial {
        case .fixed(let voltage, let current):
            return .init(
                repeating: LaneState(voltage: .init(repeating: voltage), current: .init(repeating: current)),
                count: count)
        case .perNeuron(let states):
            return states.map {
                LaneState(voltage: .init(repeating: $0.voltage), current: .init(repeating: $0.current))
            }
        case .uniform(let voltages, let current):
            return (0..<count).map {
                uniformState($0, voltages: voltages, current: current, firstPath: firstPath)
            }
        case .stationary where warmUp > 0:
            return atReset()
        case .stationary(let burnIn):
            return try stationaryStates(firstPath: firstPath, burnIn: burnIn, count: count)
        }
    }

    private func uniformState(
        _ neuron: Int, voltages: ClosedRange<Double>, current: Double, firstPath: Int
    ) -> LaneState {
        var state = LaneState(voltage: .zero, current: .init(repeating: current))
        for lane in 0..<8 {
            let block = initialState.block([UInt32(firstPath + lane), UInt32(neuron), 0, 0])
            let uniform = Philox.uniform(block[0], block[1])
            state.voltage[lane] =
                voltages.lowerBound + uniform * (voltages.upperBound - voltages.lowerBound)
        }
        return state
    }

    private func atReset() -> [LaneState] {
        (0..<problem.network.neuronCount).map {
            LaneState(voltage: .init(repeating: problem.model(neuron: $0).reset), current: .zero)
        }
    }

    /// What a simulation of these integrators, the reference first, draws of the noise: what they take, and what brings paths to
    /// where they begin.
    public static func noise(_ problem: Problem, _ integrators: [any Integrator]) -> NoiseContent {
        let content = NoiseContent(of: integrators)
        let exact = ExactEvent()
        guard case .stationary = problem.initial, !(integrators.first is StationaryLaw),
            problem.models.allSatisfy({ exact.refusal($0) == nil })
        else { return content }
        return content.union(exact.noise)
    }

    /// The exact dynamics, or where there are none the reference's, for at least `burnIn` ms, on noise of its own and
    /// without external input.
    private func stationaryStates(
        firstPath: Int, burnIn: Double, count: Int
    ) throws(SimulationError) -> [LaneState] {
        let exact = ExactEvent()
        let isExact = problem.models.allSatisfy { exact.refusal($0) == nil }
        let level =
            isExact
            ? max(levels.window, min(levels.finest, ExactEvent.baseLevel(problem, forest: forest)))
            : participants[0].level
        let integrator: any Integrator = isExact ? exact : participants[0].integrator
        let run = integrator.makeRun(problem: problem, forest: forest, level: level)
        run.start(atReset())
        externalArrivals = []
        let windowTicks = TimeGrid.ticks(level: levels.window)
        let ticks = Int((burnIn / grid.rootCell).rounded(.up)) * TimeGrid.ticksPerRootCell
        for start in stride(from: 0, to: ticks, by: windowTicks) {
            turn(
                to: start..<min(start + windowTicks, ticks), last: ticks, of: burnInNoise,
                firstPath: firstPath)
            run.begin(windows)
            try drawNoise { (neurons) throws(SimulationError) in
                try run.advance(neurons, through: windows)
            }
        }
        startReceptors = (0..<count).map { run.receptors(neuron: $0) }
        return (0..<count).map { run.state(neuron: $0) }
    }
}
