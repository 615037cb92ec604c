import SpikingNumerics

/// Limits that no experiment comes near, beyond which a run would fill the memory or never end.
extension NumberRequirement {
    static let moderate = NumberRequirement(text: "lie between -1e9 and 1e9") { abs($0) <= 1e9 }
    static let moderateAndPositive = NumberRequirement(text: "be positive and at most 1e9") {
        $0 > 0 && $0 <= 1e9
    }
    /// In ms: a leaf of the Brownian tree is of this size, and rates, the inverses, are multiplied and must stay numbers.
    static let timeConstant = NumberRequirement(text: "be positive and lie between 1e-9 and 1e9") {
        (1e-9...1e9).contains($0)
    }
    static let moderateAndNotNegative = NumberRequirement(text: "not be negative, nor above 1e9") {
        $0 >= 0 && $0 <= 1e9
    }
}

extension StudyFileValue {
    /// Spikes per ms of one neuron.
    private static var highestRate: Double { 100 }
    /// Cells of the exact reference in the coarsest step, which are held in memory together.
    static var mostCellsPerStep: Double { 0x1p16 }

    /// How fast V can rise from its reset, against how far it has to rise.
    func checkRate(_ problem: Problem) -> Bool {
        let strongest = problem.strongestSynapses
        for neuron in 0..<problem.network.neuronCount {
            let rate = problem.highestRate(neuron: neuron, strongestSynapse: strongest[neuron])
            if rate <= Self.highestRate { continue }
            report(
                "V\(problem.owner(neuron: neuron)) can rise from V_r to V_th more than "
                    + "\(Self.highestRate.shortest) times in a ms (about \(rate) times)",
                remedy:
                    "lower mu, sigma, the initial I, the weights or the inputs, or put V_r further below V_th"
            )
            return false
        }
        return true
    }
}

extension Problem {
    /// For each neuron the largest weight of a synapse that acts on its current or a receptor's, or 0.
    fileprivate var strongestSynapses: [Double] {
        var strongest = [Double](repeating: 0, count: network.neuronCount)
        for synapse in network.outgoing.joined() where !synapse.jump.isOfVoltageOrDrive {
            strongest[synapse.target] = max(strongest[synapse.target], synapse.weight)
        }
        return strongest
    }

    /// Spikes per ms under all that can be foreseen: six deviations of the noise, one spike of the strongest synapse, and
    /// the inputs.
    fileprivate func highestRate(neuron: Int, strongestSynapse: Double) -> Double {
        let model = model(neuron: neuron)
        let noise = 6 * model.currentNoise * (model.synapticTimeConstant / 2).squareRoot()
        var current = strongestSynapse
        switch initial {
        case .fixed(_, let initial): current += max(noise, initial)
        case .uniform(_, let initial): current += max(noise, initial)
        case .perNeuron(let states): current += max(noise, states[neuron].current)
        case .stationary: current += noise
        }
        var rise = model.steepestMeanRise(current: current)
        for input in inputs where input.neurons.contains(neuron) {
            rise += max(0, input.pattern.steepestRise(as: input.jump, model, duration: duration))
        }
        // A diffusion covers the height in (height/σ)² ms.
        let diffusion = model.voltageNoise / model.resetHeight
        return rise / model.resetHeight + diffusion * diffusion
    }

    /// ` of population E`, or nothing in a network without populations.
    fileprivate func owner(neuron: Int) -> String {
        network.populations.first { $0.neurons.contains(neuron) }.map { " of population \($0.name)" } ?? ""
    }

}

extension ExternalInput.Pattern {
    /// What it adds to dV/dt, V-units/ms.
    fileprivate func steepestRise(as jump: Network.Jump, _ model: NeuronModel, duration: Double) -> Double {
        switch (self, jump) {
        // Jumps of V are counted by their mean rate; single ones cost one spike each.
        case (.poisson(let rate, let height), .voltage): rate * height
        case (.poisson(let rate, let height), .current): height * (1 + rate * model.synapticTimeConstant)
        case (.poisson(let rate, let height), .receptor(let k)):
            height * (1 + rate * model.receptors[Int(k)].area)
        // μ keeps what it gets.
        case (.poisson(let rate, let height), .drive): height * (1 + rate * duration)
        case (.times(let times, let height), .drive): Double(times.count) * height
        case (.uniform(let low, let high, let interval), .voltage): (high - low) / interval
        case (.uniform(let low, let high, _), _): max(high, high - low)
        case (_, .voltage): 0
        case (.times(_, let height), .current), (.times(_, let height), .receptor),
            (.pulse(let height, _, _), _):
            height
        }
    }
}

extension StudyFileMapping {
    /// A reference may take no cells longer than some part of each time constant.
    ///
    /// - Returns: Whether they are long enough.
    func checkTimeConstants(_ problem: Problem, reference: Study.Reference, steps: [Double]) -> Bool {
        guard let longestCell = reference.kind.longestCell(problem), let section = self["problem"],
            let coarsest = steps.max()
        else { return true }
        let longest = StudyFileValue.mostCellsPerStep * longestCell
        if coarsest <= longest { return true }
        section.report(
            "a time constant of \(problem.models.shortestTimeConstant) ms is too short for a step of \(coarsest.shortest) ms "
                + "against \(reference.name)",
            remedy: "make the time constant longer, or all steps at most \(longest) ms")
        return false
    }
}

extension NeuronModel {
    /// The height of the reset over the time that V takes for it, V-units/ms; for a leaky neuron its slope at the reset,
    /// which is larger.
    fileprivate func steepestMeanRise(current: Double) -> Double {
        guard nonlinearity != nil else { return slope(voltage: reset, current: current) }
        let parts = 256
        let slopes = (0..<parts).map { part in
            slope(voltage: reset + resetHeight * (Double(part) + 0.5) / Double(parts), current: current)
        }
        return slopes.contains { $0 <= 0 }
            ? 0 : Double(parts) / slopes.reduce(0) { $0 + 1 / $1 }
    }
}
