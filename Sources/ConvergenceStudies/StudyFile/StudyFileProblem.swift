import SpikingNumerics

/// The `problem` section: model, parameters, topology, initial state, inputs and duration.
extension StudyFileValue {
    /// - Returns: The problem, and the hash of the file with its edges if it has one.
    func problem() -> (problem: Problem, edgesHash: String?)? {
        guard
            let keys = mapping(
                keys: ["model", "parameters", "receptors", "topology", "initial", "inputs", "duration"],
                example: "{duration: 100}")
        else { return nil }
        let neuron = child("parameters")
        problems.place(neuron.node.mark, neuron.keyPath, of: "network")
        let name = keys.optional("model", default: ModelFamily.currentLIF.name) {
            $0.name("model", among: ModelCatalogue.names, help: "`spikeverify list models` shows all")
        }
        let usual = name.flatMap { ModelCatalogue.family(named: $0)?.usual }
        let receptors = keys.optional("receptors", default: StudyFileReceptors()) { $0.receptors() }
        let synapses = receptors ?? StudyFileReceptors(receptors: nil)
        var model = usual.flatMap { usual in
            keys.optional("parameters", default: usual) {
                $0.parameters(over: usual, name: "the default neuron")
            }
        }
        model?.receptors = synapses.receptors ?? Receptors()
        let topology = keys.optional("topology", default: StudyFileTopology(.single, of: model)) {
            $0.topology(of: model, receptors: synapses)
        }
        let initial = initialState(keys, models: model == nil ? nil : topology?.neurons)
        let inputs = keys.optional("inputs", default: []) {
            $0.inputs(to: topology?.network, receptors: synapses)
        }
        let duration = keys.required("duration", example: "100")?
            .number(.positive, remedy: "give the time to simulate in ms, for example 100")
        guard name != nil, model != nil, receptors?.receptors != nil, let topology, let initial, let inputs,
            let duration
        else {
            return nil
        }
        var problem = Problem(
            models: topology.models, modelIndices: topology.modelIndices, network: topology.network,
            initial: initial, inputs: inputs, duration: duration)
        problem.receptorNames = synapses.names
        let (isSlow, isBounded) = (checkRate(problem), checkRunaway(problem))
        return isSlow && isBounded ? (problem, topology.edgesHash) : nil
    }

    /// `{V, I}`, where V may be a range to draw from, or `{stationary: ms}`; without it, V = V_r and I = 0.
    ///
    /// - Parameter models: That of each neuron; nil where they were reported, so that nothing can be checked against them.
    private func initialState(_ keys: StudyFileMapping, models: [NeuronModel]?) -> Problem.InitialState? {
        let models = models ?? []
        let reset = models.first?.reset ?? 0
        return keys.optional("initial", default: atReset(models, current: 0)) { value in
            let example = "{V: 0, I: 0}, {V: [0, 0.9]} or {stationary: 500}"
            guard let initial = value.mapping(keys: ["V", "I", "stationary"], example: example) else {
                return nil
            }
            if let burnIn = initial["stationary"] {
                if let state = initial["V"] ?? initial["I"] {
                    state.report("a stationary start has no V and I of its own", remedy: "write \(example)")
                    return nil
                }
                return burnIn.number(.notNegative, remedy: "give the burn-in in ms, for example 500")
                    .map(Problem.InitialState.stationary)
            }
            let current = initial.optional("I", default: 0) {
                $0.number(.moderate, remedy: "give it in V-units/ms, for example 0")
            }
            guard let given = initial["V"] else { return current.map { atReset(models, current: $0) } }
            let voltages = given.initialVoltages(below: models, reset: reset)
            guard let voltages, let current else { return nil }
            return voltages.lowerBound == voltages.upperBound
                ? .fixed(voltage: voltages.lowerBound, current: current)
                : .uniform(voltages: voltages, current: current)
        }
    }

    /// One V, or the ends of a range to draw from.
    private func initialVoltages(below models: [NeuronModel], reset: Double) -> ClosedRange<Double>? {
        let remedy =
            "give V in V-units, for example \(reset.shortest), or the lowest and the highest to draw from"
        let read = range(.moderate, remedy: remedy) { "the lowest V, \($0.shortest), is above the highest" }
        guard let voltages = read?.range else { return nil }
        guard let model = models.min(by: { $0.threshold < $1.threshold }) else { return voltages }
        let highest = voltages.upperBound
        // The end of a range is never reached.
        let isBelow = voltages.lowerBound < highest ? highest <= model.threshold : highest < model.threshold
        guard isBelow else {
            report(
                "V starts at \(highest.shortest), but must be below V_th = \(model.threshold.shortest)",
                remedy: "start lower, for example at V_r = \(model.reset.shortest)")
            return nil
        }
        return voltages
    }

    /// Every neuron at its own V_r.
    private func atReset(_ models: [NeuronModel], current: Double) -> Problem.InitialState {
        let reset = models.first?.reset ?? 0
        return models.allSatisfy { $0.reset == reset }
            ? .fixed(voltage: reset, current: current)
            : .perNeuron(models.map { .init(voltage: $0.reset, current: current) })
    }
}
