import SpikingNumerics

/// Lyapunov exponents are refused where their formula does not hold.
extension StudyFileValue {
    /// On the `measures` key.
    func checkLyapunov(_ problem: Problem) {
        for entry in node.sequence ?? [] {
            guard let name = entry.string,
                MeasureCatalogue.needs(of: name)?.contains(.crossingSpeeds) == true,
                let reason = Self.reasonAgainst(name, problem)
            else { continue }
            problems.add(entry.mark, keyPath, reason, "remove \(name) from the measures")
        }
    }

    /// A spectrum takes as long as the third power of the number of neurons.
    private static let mostNeuronsOfSpectrum = 200

    private static func reasonAgainst(_ name: String, _ problem: Problem) -> String? {
        if name == "twin-sizes", problem.network.neuronCount > 1 { return "twin-sizes is for one neuron" }
        if name == "lyapunov-spectrum", problem.network.neuronCount > mostNeuronsOfSpectrum {
            return "lyapunov-spectrum takes at most \(mostNeuronsOfSpectrum) neurons"
        }
        if problem.models.contains(where: { $0.voltageNoise > 0 }) {
            return
                "\(name)'s saltation factors need a crossing speed, which V does not have under white noise"
        }
        if problem.models.contains(where: { $0.nonlinearity != nil }) {
            return "\(name)'s formula has the leak of a leaky neuron, and this one is nonlinear"
        }
        if problem.models.contains(where: { $0.refractoryPeriod > 0 }) {
            return "\(name)'s saltation factors hold for neurons without a refractory period (t_ref) only"
        }
        if name == "lyapunov", problem.network.shortestFeedback.isFinite {
            return
                "\(name)'s saltation factors leave out what a spike does to others, and so do not hold for "
                + "networks with feedback"
        }
        let jumps = problem.network.outgoing.lazy.flatMap { $0 }.map(\.jump)
        if jumps.contains(.voltage) || problem.inputs.contains(where: { $0.jump == .voltage }) {
            return
                "\(name)'s saltation factors need a crossing speed, which a spike by a jump of V does not have"
        }
        return nil
    }
}
