import SpikingNumerics

/// Networks whose spikes multiply without end are refused: their runs would not end, either.
extension StudyFileValue {
    /// - Returns: Whether rates stay bounded.
    func checkRunaway(_ problem: Problem) -> Bool {
        let growth = problem.growthOfHighRates
        guard growth > 1 else { return true }
        // To three digits.
        let shown = (1000 * growth).rounded() / 1000
        report(
            "spikes would multiply without end: every spike among neurons without a refractory period brings about "
                + "\(shown.shortest) others",
            remedy: "give these neurons a t_ref, or the network weaker excitation or stronger inhibition")
        return false
    }
}

extension Problem {
    private static let mostIterations = 200

    /// By what factor very high rates multiply from one generation of spikes to the next.
    ///
    /// At high rates the leak does not count: a neuron's rate is what comes in over the height of the reset, and never
    /// negative.  A refractory period bounds it.  Half of the old rates is kept in every iteration, since inhibition and
    /// excitation act together and not in turn.
    fileprivate var growthOfHighRates: Double {
        let isUnbounded = (0..<network.neuronCount).map { model(neuron: $0).refractoryPeriod == 0 }
        guard network.shortestFeedback.isFinite, isUnbounded.contains(true) else { return 0 }
        let synapses = network.outgoing.joined().filter { isUnbounded[$0.source] && isUnbounded[$0.target] }
            .map { (source: $0.source, target: $0.target, gain: gain(of: $0)) }
        guard synapses.contains(where: { $0.gain > 0 }) else { return 0 }
        var rates = isUnbounded.map { $0 ? 1.0 : 0 }
        var growth = 0.0
        for _ in 0..<Self.mostIterations {
            let previous = growth
            var incoming = [Double](repeating: 0, count: rates.count)
            for synapse in synapses { incoming[synapse.target] += synapse.gain * rates[synapse.source] }
            let next = zip(rates, incoming).map { (rate, input) in (rate + max(0, input)) / 2 }
            let (before, after) = (rates.reduce(0, +), next.reduce(0, +))
            growth = 2 * after / before - 1
            rates = next.map { $0 / after }
            if abs(growth - previous) <= 1e-9 * abs(growth) { break }
        }
        return growth
    }

    /// Spikes of the target, at high rates, for a spike of the source.
    private func gain(of synapse: Network.Synapse) -> Double {
        let model = model(neuron: synapse.target)
        return switch synapse.jump {
        case .current: synapse.weight * model.synapticTimeConstant / model.resetHeight
        case .voltage: synapse.weight / model.resetHeight
        case .drive: synapse.weight * duration / model.resetHeight
        case .receptor(let k): synapse.weight * model.receptors[Int(k)].area / model.resetHeight
        }
    }
}
