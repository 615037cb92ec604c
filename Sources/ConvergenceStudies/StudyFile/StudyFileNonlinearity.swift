import NumericalMethods
import SpikingNumerics

/// The parameters `f` and `noise` of a nonlinear neuron.
extension StudyFileValue {
    private static var example: String {
        "{polynomial: [0, -1, 1]}, {quadratic: {a: 1, V_rest: 0, V_c: 1}}, or {exponential: {Delta_T: 0.1, V_T: 1}}"
    }
    private static var mostCoefficients: Int { 100 }

    func noiseEntry() -> NeuronModel.NoiseEntry? {
        name(
            "place for noise", among: ["current", "voltage"],
            help: "noise: current puts it in I, noise: voltage in V"
        )
        .map { $0 == "voltage" ? .voltage : .current }
    }

    /// f of τ_m dV/dt = f(V) + τ_m (μ + I).
    ///
    /// - Returns: An optional in an optional, since a neuron may have none; nil where it was reported.
    func nonlinearity(membraneTimeConstant: Double) -> Nonlinearity?? {
        let kinds = ["polynomial", "clip", "quadratic", "exponential"]
        guard let keys = mapping(keys: kinds, example: Self.example) else { return nil }
        let given = ["polynomial", "quadratic", "exponential"].filter { keys[$0] != nil }
        guard given.count == 1 else {
            report(
                given.isEmpty ? "says no shape" : "has \(given.count) shapes where one is wanted",
                remedy: "write one of \(Self.example)")
            return nil
        }
        if let clip = keys["clip"], keys["polynomial"] == nil {
            clip.report("only a polynomial can be clipped", remedy: "remove clip, or write f as a polynomial")
            return nil
        }
        let shape: Nonlinearity.Shape? =
            switch given[0] {
            case "polynomial": keys.polynomial(over: membraneTimeConstant)
            case "quadratic": keys["quadratic"]!.quadratic(over: membraneTimeConstant)
            default: keys["exponential"]!.exponential(over: membraneTimeConstant)
            }
        return shape.map { .some(Nonlinearity($0)) }
    }

    fileprivate func coefficients() -> [Double]? {
        guard let values = list(of: "coefficients", example: "[0, -1, 1]") else { return nil }
        guard values.count <= Self.mostCoefficients else {
            report("has \(values.count) coefficients", remedy: "give at most \(Self.mostCoefficients)")
            return nil
        }
        let numbers = values.compactMap {
            $0.number(
                .moderate, remedy: "give the coefficients from the constant one upwards, for example 0.1")
        }
        return numbers.count == values.count ? numbers : nil
    }

    fileprivate func interval() -> ClosedRange<Double>? {
        guard let ends = coefficients() else { return nil }
        guard ends.count == 2, ends[0] < ends[1] else {
            report("is no interval", remedy: "write [low, high] in V-units, for example [-1, 2]")
            return nil
        }
        return ends[0]...ends[1]
    }

    /// a (V - V_rest)(V - V_c).
    private func quadratic(over timeConstant: Double) -> Nonlinearity.Shape? {
        guard let keys = mapping(keys: ["a", "V_rest", "V_c"], example: "{a: 1, V_rest: 0, V_c: 1}") else {
            return nil
        }
        let gain = keys.required("a", example: "1")?
            .number(.moderateAndPositive, remedy: "give it in 1/V-units, for example 1")
        let resting = keys.required("V_rest", example: "0")?
            .number(.moderate, remedy: "give it in V-units, for example 0")
        let critical = keys.required("V_c", example: "1")?
            .number(.moderate, remedy: "give it in V-units, for example 1")
        guard let gain, let resting, let critical else { return nil }
        let coefficients = [gain * resting * critical, -gain * (resting + critical), gain]
        return .polynomial(coefficients: coefficients.map { $0 / timeConstant })
    }

    /// -(V - E_L) + Δ_T e^{(V - V_T)/Δ_T}.
    private func exponential(over timeConstant: Double) -> Nonlinearity.Shape? {
        guard let keys = mapping(keys: ["Delta_T", "V_T"], example: "{Delta_T: 0.1, V_T: 1}") else {
            return nil
        }
        let sharpness = keys.required("Delta_T", example: "0.1")?
            .number(.moderateAndPositive, remedy: "give it in V-units, for example 0.1")
        let threshold = keys.required("V_T", example: "1")?
            .number(.moderate, remedy: "give it in V-units, for example 1")
        guard let sharpness, let threshold else { return nil }
        return .exponential(
            sharpness: sharpness, softThreshold: threshold, membraneTimeConstant: timeConstant)
    }
}

extension StudyFileMapping {
    fileprivate func polynomial(over timeConstant: Double) -> Nonlinearity.Shape? {
        let clip = self["clip"].map { $0.interval() }
        guard let coefficients = self["polynomial"]?.coefficients() else { return nil }
        // A clip that is there must be right.
        if let clip, clip == nil { return nil }
        return .polynomial(coefficients: coefficients.map { $0 / timeConstant }, clip: clip ?? nil)
    }
}
