import SpikingNumerics

/// Takes down what an integrator at some level of the tree would be given: initial states, ΔW, ΔZ and external arrivals.
package struct NoiseRecorder: Integrator {
    package let recordsNoise = true
    package let name = "noise"
    package let declaredOrder = DeclaredOrder(strong: nil, weak: nil, source: "integrates nothing")
    /// Whether ΔZ is wanted, too.
    var wantsIntegrals: Bool
    /// Whether anything is.
    var isIdle = false

    package var noise: NoiseContent { wantsIntegrals ? .integrals : .increments }

    package func makeRun(problem: Problem, forest: BrownianForest, level: Int) -> any Run {
        NoiseRecorderRun(problem: problem, level: level, recorder: self)
    }
}

final class NoiseRecorderRun: Run {
    private let level: Int
    private let recorder: NoiseRecorder
    private let brownian: [BrownianIncrements]
    private(set) var initial: [LaneState] = []
    /// By step and neuron.
    private(set) var increments: [Lanes] = []
    private(set) var integrals: [Lanes] = []
    private(set) var arrivals: [(lane: Int, neuron: Int, arrival: Arrival)] = []
    /// Where the window's increments begin.
    private var windowStart = 0
    let recordedVoltages: [[Lanes]]

    init(problem: Problem, level: Int, recorder: NoiseRecorder) {
        self.level = level
        self.recorder = recorder
        let count = problem.network.neuronCount
        brownian = (0..<count).map { BrownianIncrements(model: problem.model(neuron: $0)) }
        recordedVoltages = .init(repeating: [], count: count)
    }

    func start(_ states: [LaneState]) {
        initial = states
        increments.removeAll(keepingCapacity: true)
        integrals.removeAll(keepingCapacity: true)
        arrivals.removeAll(keepingCapacity: true)
    }

    func begin(_ windows: [NoiseWindow]) {
        guard !recorder.isIdle else { return }
        windowStart = increments.count
        let room = repeatElement(Lanes.zero, count: windows.count * windows[0].count(level: level))
        increments += room
        if recorder.wantsIntegrals { integrals += room }
        for (neuron, window) in windows.enumerated() {
            for lane in window.arrivals.indices {
                arrivals += window.arrivals[lane].map { (lane, neuron, $0) }
            }
        }
    }

    func advance(_ neurons: Range<Int>, through windows: [NoiseWindow]) {
        guard !recorder.isIdle else { return }
        for neuron in neurons {
            let cells = windows[neuron].cells(level: level)
            for k in 0..<windows[neuron].count(level: level) {
                let place = windowStart + windows.count * k + neuron
                increments[place] = brownian[neuron].increment(cells[k])
                if recorder.wantsIntegrals { integrals[place] = brownian[neuron].integral(cells[k]) }
            }
        }
    }

    func state(neuron: Int) -> LaneState { initial[neuron] }
    func setState(_ state: LaneState, neuron: Int) {}
    func spikes(neuron: Int, lane: Int) -> [Spike] { [] }
}
