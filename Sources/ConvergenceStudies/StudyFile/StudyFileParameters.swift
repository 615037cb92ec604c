import SpikingNumerics

/// The `parameters` of a neuron.
extension StudyFileValue {
    /// In V-units, of which 1e9 is the most.
    private static var smallestResetHeight: Double { 1e-9 }

    /// - Parameter base: Where values that are not given come from; nil where it was reported, so that nothing can be
    ///   checked against it.
    func parameters(over base: NeuronModel?, name baseName: String) -> NeuronModel? {
        let normal = base ?? NeuronModel()
        let family = ModelCatalogue.family(of: normal)
        guard let keys = mapping(keys: family.keys, example: "{tau_m: 20, sigma: 0.02}"),
            let model = keys.model(of: family, over: normal)
        else { return nil }
        let (reset, threshold) = (model.reset, model.threshold)
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
        keys.warnOfScales(of: family, model, isWhole: base != nil)
        return model
    }
}

extension StudyFileMapping {
    /// Nil where something was reported.
    fileprivate func model(of family: ModelFamily, over normal: NeuronModel) -> NeuronModel? {
        var model = normal
        var isRead = true
        if let entry = optional(
            ModelFamily.Choice.noiseEntry.rawValue, default: normal.noiseEntry, { $0.noiseEntry() })
        {
            model.noiseEntry = entry
        } else {
            isRead = false
        }
        for parameter in family.parameters {
            let usual = normal[keyPath: parameter.value]
            let unit = parameter.unit(noiseEntry: model.noiseEntry)
            let value = optional(parameter.name, default: usual) {
                $0.number(
                    parameter.quantity.requirement,
                    remedy: "give it in \(unit), for example \(usual.shortest)")
            }
            guard let value else {
                isRead = false
                continue
            }
            model[keyPath: parameter.value] = value
        }
        guard isRead else { return nil }
        let nonlinearity = optional(
            ModelFamily.Choice.nonlinearity.rawValue, default: normal.nonlinearity,
            { $0.nonlinearity(membraneTimeConstant: model.membraneTimeConstant) })
        guard let nonlinearity else { return nil }
        model.nonlinearity = nonlinearity
        return model
    }

    /// - Parameter isWhole: Whether all that scales are compared with is known.
    fileprivate func warnOfScales(of family: ModelFamily, _ model: NeuronModel, isWhole: Bool) {
        var isOdd = false
        for parameter in family.parameters where parameter.quantity == .timeConstant {
            if self[parameter.name]?.warnOfTimeConstant(model[keyPath: parameter.value]) ?? false {
                isOdd = true
            }
        }
        for parameter in family.parameters {
            let value = self[parameter.name]
            switch parameter.quantity {
            case .timeConstant, .potential: break
            case .duration: value?.warnOfTime(model[keyPath: parameter.value])
            // What follows from a time constant that was warned of need not be.
            case .drive: if isWhole, !isOdd { value?.warnOfDrive(model) }
            case .noise: if isWhole, !isOdd { value?.warnOfNoise(model) }
            }
        }
    }
}

extension ModelParameter.Quantity {
    fileprivate var requirement: NumberRequirement {
        switch self {
        case .timeConstant: .timeConstant
        case .duration, .noise: .moderateAndNotNegative
        case .potential, .drive: .moderate
        }
    }
}
