import SpikingNumerics

/// The `problem` section: model, parameters, initial state and duration.
extension StudyFileValue {
    func problem() -> Problem? {
        guard
            let keys = mapping(
                keys: ["model", "parameters", "topology", "initial", "duration"], example: "{duration: 100}")
        else { return nil }
        let name = keys.optional("model", default: CurrentLIF.name) {
            $0.name("model", among: ModelCatalogue.names, help: "`spikeverify list models` shows all")
        }
        let model = keys.optional("parameters", default: CurrentLIF()) { $0.parameters() }
        let network = keys.optional("topology", default: .single) { $0.topology() }
        let initial = initialState(keys, model: model)
        let duration = keys.required("duration", example: "100")?
            .number(.positive, remedy: "give the time to simulate in ms, for example 100")
        guard name != nil, let model, let network, let initial, let duration else { return nil }
        let problem = Problem(model: model, network: network, initial: initial, duration: duration)
        return checkRate(problem) ? problem : nil
    }

    /// What is not given is the default neuron's.
    private func parameters() -> CurrentLIF? {
        let known = ["tau_m", "tau_s", "E_L", "V_th", "V_r", "mu", "sigma"]
        guard let keys = mapping(keys: known, example: "{tau_m: 20, sigma: 0.02}") else { return nil }
        let normal = CurrentLIF()
        func number(
            _ key: String, _ normal: Double, unit: String, _ requirement: NumberRequirement = .moderate
        )
            -> Double?
        {
            keys.optional(key, default: normal) {
                $0.number(requirement, remedy: "give it in \(unit), for example \(normal.shortest)")
            }
        }
        let membrane = number("tau_m", normal.membraneTimeConstant, unit: "ms", .moderateAndPositive)
        let synapse = number("tau_s", normal.synapticTimeConstant, unit: "ms", .moderateAndPositive)
        let resting = number("E_L", normal.restingPotential, unit: "V-units")
        let threshold = number("V_th", normal.threshold, unit: "V-units")
        let reset = number("V_r", normal.reset, unit: "V-units")
        let drive = number("mu", normal.drive, unit: "V-units/ms")
        let noise = number("sigma", normal.noiseStrength, unit: "V-units/ms^1.5", .moderateAndNotNegative)
        guard let membrane, let synapse, let resting, let threshold, let reset, let drive, let noise else {
            return nil
        }
        guard reset < threshold else {
            (keys["V_r"] ?? keys["V_th"])?.report(
                "V_r is \(reset.shortest) and V_th \(threshold.shortest), but the reset must lie below the threshold",
                remedy: "lower V_r or raise V_th (where one of them is not given, it is the default neuron's)"
            )
            return nil
        }
        return CurrentLIF(
            membraneTimeConstant: membrane, synapticTimeConstant: synapse, restingPotential: resting,
            threshold: threshold, reset: reset, drive: drive, noiseStrength: noise)
    }

    /// `{V, I}` or `{stationary: ms}`; without it, V = V_r and I = 0.
    private func initialState(_ keys: StudyFileMapping, model: CurrentLIF?) -> Problem.InitialState? {
        let reset = model?.reset ?? 0
        return keys.optional("initial", default: .fixed(voltage: reset, current: 0)) { value in
            let example = "{V: 0, I: 0} or {stationary: 500}"
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
            let voltage = initial.optional("V", default: reset) {
                $0.number(.moderate, remedy: "give it in V-units, for example \(reset.shortest)")
            }
            let current = initial.optional("I", default: 0) {
                $0.number(.moderate, remedy: "give it in V-units/ms, for example 0")
            }
            guard let voltage, let current else { return nil }
            if let model, voltage >= model.threshold {
                (initial["V"] ?? value).report(
                    "V starts at \(voltage.shortest), but must be below V_th = \(model.threshold.shortest)",
                    remedy: "start lower, for example at V_r = \(model.reset.shortest)")
                return nil
            }
            return .fixed(voltage: voltage, current: current)
        }
    }
}
