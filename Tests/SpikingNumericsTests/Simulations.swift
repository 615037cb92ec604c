import SpikingNumerics

/// Short ways to simulate in tests.
enum Simulations {
    static func forest(_ problem: Problem, rootCell: Double = 4) -> BrownianForest {
        try! BrownianForest(problem, rootCell: rootCell)
    }

    static func participant(_ name: String, h: Double, rootCell: Double = 4) -> CoupledSimulation.Participant
    {
        .init(
            IntegratorCatalogue.integrator(named: name)!, level: TimeGrid(rootCell: rootCell).level(step: h)!)
    }

    static func exactEvent(baseCell: Double = 0.125, rootCell: Double = 4) -> CoupledSimulation.Participant {
        .init(ExactEvent(), level: TimeGrid(rootCell: rootCell).level(step: baseCell)!)
    }

    /// exact-event as the reference, with anything beside it.
    static func coupled(
        _ problem: Problem, tested: [CoupledSimulation.Participant] = [], baseCell: Double = 0.125,
        seed: UInt64 = 1
    ) -> CoupledSimulation {
        CoupledSimulation(
            problem: problem, forest: forest(problem), reference: exactEvent(baseCell: baseCell),
            tested: tested,
            seed: seed)
    }

    /// Spikes of the reference on path 0.
    static func exactSpikes(_ problem: Problem, neuron: Int = 0, baseCell: Double = 0.125) -> [Spike] {
        let simulation = coupled(problem, baseCell: baseCell)
        try! simulation.run(firstPath: 0)
        return simulation.reference.spikes(neuron: neuron, lane: 0)
    }
}
