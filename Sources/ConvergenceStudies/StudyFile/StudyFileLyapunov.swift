import SpikingNumerics

/// Lyapunov exponents are refused where their formula does not hold.
extension StudyFileValue {
    /// On the `measures` key.
    func checkLyapunov(_ problem: Problem) {
        guard let entry = node.sequence?.first(where: { $0.string == "lyapunov" }),
            let reason = Self.reasonAgainstLyapunov(problem)
        else { return }
        problems.add(entry.mark, keyPath, reason, "remove lyapunov from the measures")
    }

    private static func reasonAgainstLyapunov(_ problem: Problem) -> String? {
        if problem.models.contains(where: { $0.voltageNoise > 0 }) {
            return
                "lyapunov's saltation factors need a crossing speed, which V does not have under white noise"
        }
        if problem.models.contains(where: { $0.nonlinearity != nil }) {
            return "lyapunov's formula has the leak of a leaky neuron, and this one is nonlinear"
        }
        if problem.models.contains(where: { $0.refractoryPeriod > 0 }) {
            return "lyapunov's saltation factors hold for neurons without a refractory period (t_ref) only"
        }
        if problem.network.shortestFeedback.isFinite {
            return
                "lyapunov's saltation factors leave out what a spike does to others, and so do not hold for "
                + "networks with feedback"
        }
        let jumps = problem.network.outgoing.lazy.flatMap { $0 }.map(\.jump)
        if jumps.contains(.voltage) || problem.inputs.contains(where: { $0.jump == .voltage }) {
            return
                "lyapunov's saltation factors need a crossing speed, which a spike by a jump of V does not have"
        }
        return nil
    }
}
