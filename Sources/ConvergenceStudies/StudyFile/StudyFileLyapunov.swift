import NumericalMethods
import SpikingNumerics

/// Lyapunov exponents are refused where their formula does not hold.
extension StudyFileValue {
    /// On the `measures` key.
    func checkLyapunov(_ problem: Problem) {
        for entry in node.sequence ?? [] {
            guard let name = entry.string,
                MeasureCatalogue.needs(of: name)?.contains(.crossingSpeeds) == true
            else { continue }
            for reason in Self.reasonsAgainst(name, problem) {
                problems.add(entry.mark, keyPath, reason, "remove \(name) from the measures")
            }
        }
    }

    /// A spectrum takes as long as the third power of the number of neurons.
    private static let mostNeuronsOfSpectrum = 200

    private static func reasonsAgainst(_ name: String, _ problem: Problem) -> [String] {
        let neurons = problem.network.neuronCount
        let jumps = problem.network.outgoing.lazy.flatMap { $0 }.map(\.jump)
        let reasons: [(holds: Bool, reason: String)] = [
            (name == "twin-sizes" && neurons > 1, "twin-sizes is for one neuron"),
            (
                name == "lyapunov-spectrum" && neurons > mostNeuronsOfSpectrum,
                "lyapunov-spectrum takes at most \(mostNeuronsOfSpectrum) neurons"
            ),
            (
                problem.models.contains { $0.voltageNoise > 0 },
                "\(name)'s saltation factors need a crossing speed, which V does not have under white noise"
            ),
            (
                problem.models.contains { $0.nonlinearity != nil },
                "\(name)'s formula has the leak of a leaky neuron, and this one is nonlinear"
            ),
            (
                problem.models.contains { $0.refractoryPeriod > 0 },
                "\(name)'s saltation factors hold for neurons without a refractory period (t_ref) only"
            ),
            (
                name == "lyapunov" && problem.network.shortestFeedback.isFinite,
                "\(name)'s saltation factors leave out what a spike does to others, and so do not hold for "
                    + "networks with feedback"
            ),
            (
                jumps.contains(.voltage) || problem.inputs.contains { $0.jump == .voltage },
                "\(name)'s saltation factors need a crossing speed, which a spike by a jump of V does not have"
            ),
        ]
        return reasons.filter(\.holds).map(\.reason)
    }
}
