import SpikingNumerics

/// Draws one path by the reference and by the study's first integrator of the catalogue at its coarsest step.
struct SamplePathTracer {
    let plan: StudyPlan

    /// The picture shows at most this many ms and steps, around the close-up.
    private static let longest = (time: 200.0, steps: 4096.0)

    private static let mostNeuronsRefined = 256

    /// - Parameter call: The spike to enlarge; without one, path 0 is drawn.
    /// - Throws: `SimulationError`.
    func trace(_ call: ClosestCall?) throws -> SamplePath? {
        let study = plan.study
        guard let integrator = plan.drawnIntegrator else { return nil }
        guard let coarsest = study.steps.indices.max(by: { study.steps[$0] < study.steps[$1] }) else {
            return nil
        }
        let path = call?.path ?? 0
        let neuron = call?.neuron ?? 0
        let model = study.problem.model(neuron: neuron)
        let center = call?.time ?? study.problem.duration / 2
        let tested = plan.tested[plan.testedIndex(integrator: integrator, step: coarsest)]
        let shown = shownInterval(around: center, step: study.steps[coarsest])
        // The reference is drawn through points a sixteenth of the tested step apart, at least; but so fine noise of a whole network
        // for the picture of one neuron may cost more than the study.
        let isLarge = study.problem.network.neuronCount > Self.mostNeuronsRefined
        let level = max(plan.reference.level, tested.level + (isLarge ? 0 : 4))
        let reference = CoupledSimulation.Participant(plan.reference.integrator, level: level)
        let simulation = CoupledSimulation(
            problem: study.problem, forest: plan.forest, reference: reference, tested: [tested],
            seed: study.sampling.seed, recordLevel: level)
        let initial = try simulation.recordTrace(path: path, neuron: neuron, within: shown)
        let lane = path % 8
        let margin = max(4 * study.steps[coarsest], model.membraneTimeConstant / 10)
        return SamplePath(
            path: path, neuron: neuron, threshold: model.threshold, reset: model.reset,
            closeUp: [max(shown.lowerBound, center - margin), min(shown.upperBound, center + margin)],
            crossingSpeed: call?.crossingSpeed.ifFinite,
            reference: trace(
                initial.reference, spikes: simulation.reference.spikes(neuron: neuron, lane: lane),
                shown: shown, integrator: reference.integrator.name, h: nil, model: model),
            tested: trace(
                initial.tested, spikes: simulation.tested[0].spikes(neuron: neuron, lane: lane), shown: shown,
                integrator: tested.integrator.name, h: study.steps[coarsest], model: model))
    }

    private func shownInterval(around center: Double, step: Double) -> ClosedRange<Double> {
        let duration = plan.study.problem.duration
        let longest = min(Self.longest.time, Self.longest.steps * step)
        guard duration > longest else { return 0...duration }
        let start = min(max(0, center - 0.6 * longest), duration - longest)
        return start...(start + longest)
    }

    private func trace(
        _ points: [CoupledSimulation.TracePoint], spikes: [Spike], shown: ClosedRange<Double>,
        integrator: String, h: Double?, model: NeuronModel
    ) -> SamplePath.Trace {
        let spikeTimes = spikes.map(\.time).filter { shown.contains($0) }
        // A reset is a vertical line.  Where it ends, a run on the grid has a recorded point, too.
        let resets = spikeTimes.flatMap { time -> [CoupledSimulation.TracePoint] in
            [.init(time: time.nextDown, voltage: model.threshold), .init(time: time, voltage: model.reset)]
        }
        let drawn = (points + resets).sorted { $0.time < $1.time }
        return SamplePath.Trace(
            integrator: integrator, h: h, times: drawn.map(\.time), voltages: drawn.map(\.voltage),
            spikes: spikeTimes)
    }
}
