import SpikingNumerics

/// Limits that no experiment comes near, beyond which a run would fill the memory or never end.
extension NumberRequirement {
    static let moderate = NumberRequirement(text: "lie between -1e9 and 1e9") { abs($0) <= 1e9 }
    static let moderateAndPositive = NumberRequirement(text: "be positive and at most 1e9") {
        $0 > 0 && $0 <= 1e9
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
        let model = problem.model(neuron: 0)
        var current = 6 * model.noiseStrength * (model.synapticTimeConstant / 2).squareRoot()
        if case .fixed(_, let initial) = problem.initial { current = max(current, initial) }
        let weights = problem.network.outgoing.lazy.flatMap { $0 }.map(\.weight)
        current += max(0, weights.max() ?? 0)
        let rate = model.slope(voltage: model.reset, current: current) / model.resetHeight
        if rate <= Self.highestRate { return true }
        report(
            "V can rise from V_r to V_th more than \(Self.highestRate.shortest) times in a ms (about \(rate) times)",
            remedy: "lower mu, sigma, the initial I or the weights, or put V_r further below V_th")
        return false
    }
}

extension StudyFileMapping {
    /// The exact reference takes cells of at most a quarter of each time constant.
    func checkTimeConstants(_ problem: Problem, reference: Study.Reference, steps: [Double]) {
        guard reference == .exactEvent, let section = self["problem"], let coarsest = steps.max() else {
            return
        }
        let model = problem.model(neuron: 0)
        let shortest = min(model.membraneTimeConstant, model.synapticTimeConstant)
        if coarsest <= StudyFileValue.mostCellsPerStep * shortest / 4 { return }
        let finer = StudyFileValue.mostCellsPerStep * shortest / 4
        section.report(
            "a time constant of \(shortest) ms is too short for a step of \(coarsest.shortest) ms against exact-event",
            remedy: "make the time constant longer, or all steps at most \(finer) ms")
    }
}
