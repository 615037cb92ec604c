import SpikingNumerics

/// The `parameters` of a neuron.
extension StudyFileValue {
    /// In V-units, of which 1e9 is the most.
    private static var smallestResetHeight: Double { 1e-9 }

    /// - Parameter base: Where values that are not given come from; nil where it was reported, so that nothing can be
    ///   checked against it.
    func parameters(over base: NeuronModel?, name baseName: String) -> NeuronModel? {
        let normal = base ?? NeuronModel()
        let known = ModelCatalogue.family(of: normal).parameters.map(\.rawValue)
        guard let keys = mapping(keys: known, example: "{tau_m: 20, sigma: 0.02}") else { return nil }
        func number(
            _ key: String, _ normal: Double, unit: String, _ requirement: NumberRequirement = .moderate
        )
            -> Double?
        {
            keys.optional(key, default: normal) {
                $0.number(requirement, remedy: "give it in \(unit), for example \(normal.shortest)")
            }
        }
        let membrane = number("tau_m", normal.membraneTimeConstant, unit: "ms", .timeConstant)
        let synapse = number("tau_s", normal.synapticTimeConstant, unit: "ms", .timeConstant)
        let resting = number("E_L", normal.restingPotential, unit: "V-units")
        let threshold = number("V_th", normal.threshold, unit: "V-units")
        let reset = number("V_r", normal.reset, unit: "V-units")
        let drive = number("mu", normal.drive, unit: "V-units/ms")
        let entry = keys.optional("noise", default: normal.noiseEntry) { $0.noiseEntry() }
        let noise = number(
            "sigma", normal.noiseStrength,
            unit: entry == .voltage ? "V-units/ms^0.5" : "V-units/ms^1.5", .moderateAndNotNegative)
        let refractory = number("t_ref", normal.refractoryPeriod, unit: "ms", .moderateAndNotNegative)
        guard let membrane, let synapse, let resting, let threshold, let reset, let drive, let noise,
            let entry, let refractory
        else { return nil }
        let nonlinearity = keys.optional("f", default: normal.nonlinearity) {
            $0.nonlinearity(membraneTimeConstant: membrane)
        }
        guard let nonlinearity else { return nil }
        guard base == nil || reset < threshold else {
            (keys["V_r"] ?? keys["V_th"])?.report(
                "V_r is \(reset.shortest) and V_th \(threshold.shortest), but the reset must lie below the threshold",
                remedy:
                    "lower V_r or raise V_th (where one of them is not given, it is \(baseName)'s)"
            )
            return nil
        }
        guard base == nil || threshold - reset >= Self.smallestResetHeight else {
            (keys["V_r"] ?? keys["V_th"])?.report(
                "V_r lies only \(threshold - reset) below V_th, less than \(Self.smallestResetHeight), so that errors "
                    + "drown in rounding",
                remedy: "lower V_r, or measure V in a smaller unit")
            return nil
        }
        let model = NeuronModel(
            membraneTimeConstant: membrane, synapticTimeConstant: synapse, restingPotential: resting,
            threshold: threshold, reset: reset, drive: drive, noiseStrength: noise, noiseEntry: entry,
            refractoryPeriod: refractory, nonlinearity: nonlinearity)
        let isOddMembrane = keys["tau_m"]?.warnOfTimeConstant(membrane) ?? false
        let isOddSynapse = keys["tau_s"]?.warnOfTimeConstant(synapse) ?? false
        keys["t_ref"]?.warnOfTime(refractory)
        if base != nil, !isOddMembrane, !isOddSynapse {
            keys["mu"]?.warnOfDrive(model)
            keys["sigma"]?.warnOfNoise(model)
        }
        return model
    }
}
