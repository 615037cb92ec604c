/// Neurons of one model, each with as much input from every population, on average.
struct MeanFieldPopulation: Sendable {
    var name: String
    var size: Int
    var model: NeuronModel
    /// From outside, and the neuron's own drive and noise.
    var external: PopulationInput
    /// What a neuron receives, on average, when every neuron of a population fires once a millisecond; in the order of the
    /// populations.
    var couplings: [PopulationInput]

    /// - Parameter rates: Of the populations, in 1/ms.
    func input(at rates: [Double]) -> PopulationInput {
        zip(rates, couplings).reduce(external) { $0 + $1.0 * $1.1 }
    }
}

extension MeanFieldPopulation {
    /// Why a problem has no mean field, for a person; empty where it has one.
    static func refusals(of problem: Problem) -> [String] {
        var refusals: [String] = []
        if problem.models.contains(where: { $0.nonlinearity != nil }) {
            refusals.append("a mean field is known for leaky neurons only")
        }
        let ramp = problem.ramp?.inputs ?? []
        let isHeld = problem.inputs.contains {
            if ramp.contains($0) { return false }
            if case .poisson = $0.pattern { return $0.jump == .drive }
            return true
        }
        if isHeld {
            refusals.append("a mean field knows Poisson inputs, and none that differ from time to time")
        }
        return refusals
    }

    /// The populations of a problem, at the beginning of its ramp; a network without any is one.
    ///
    /// - Precondition: `refusals(of:)` is empty.
    static func all(of problem: Problem) -> [MeanFieldPopulation] {
        let network = problem.network
        let groups =
            network.populations.isEmpty
            ? [Network.Population(name: "network", neurons: 0..<network.neuronCount)] : network.populations
        var group = [Int](repeating: 0, count: network.neuronCount)
        for (k, population) in groups.enumerated() { for neuron in population.neurons { group[neuron] = k } }
        var couplings = [[PopulationInput]](
            repeating: .init(repeating: PopulationInput(), count: groups.count), count: groups.count)
        for source in 0..<network.neuronCount {
            for synapse in network.outgoing[source] {
                let target = group[synapse.target]
                let one = PopulationInput(
                    jump: synapse.jump, height: synapse.weight,
                    model: problem.model(neuron: synapse.target))
                couplings[target][group[source]] = couplings[target][group[source]] + one
            }
        }
        return groups.enumerated().map { k, population in
            let model = problem.model(neuron: population.neurons.lowerBound)
            let size = population.neurons.count
            return MeanFieldPopulation(
                name: population.name, size: size, model: model,
                external: problem.inputs.reduce(PopulationInput(model)) {
                    $0 + PopulationInput($1, to: population.neurons, model)
                },
                couplings: couplings[k].map { 1 / Double(size) * $0 })
        }
    }
}

extension PopulationInput {
    /// A neuron's own drive and noise.
    fileprivate init(_ model: NeuronModel) {
        let filtered = model.currentNoise * model.synapticTimeConstant
        self.init(
            mean: model.drive, white: model.voltageNoise * model.voltageNoise, filtered: filtered * filtered)
    }

    /// Of a Poisson process that each of its neurons has one of, to a population on average.
    fileprivate init(_ input: ExternalInput, to neurons: Range<Int>, _ model: NeuronModel) {
        guard case .poisson(let rate, let height) = input.pattern else {
            self.init()
            return
        }
        let share = Double(input.neurons.clamped(to: neurons).count) / Double(neurons.count)
        self =
            rate * share
            * PopulationInput(jump: input.jump, height: height, model: model)
    }
}
