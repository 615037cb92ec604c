import SpikingNumerics

/// Combinations that make no sense are refused with the reason.
extension StudyFileValue {
    /// On the `integrators` key.
    func checkIntegrators(_ problem: Problem) {
        for entry in node.sequence ?? [] {
            guard let name = entry.string, let integrator = IntegratorCatalogue.integrator(named: name) else {
                continue
            }
            if let reason = problem.models.lazy.compactMap(integrator.refusal).first {
                problems.add(
                    entry.mark, keyPath, "\(name) cannot integrate this neuron: \(reason)",
                    "remove it, or choose another model or spike rule")
            }
        }
    }

    /// On the `integrators` key, and a fine grid's: steps that are too long for explicit schemes.
    func checkStability(_ problem: Problem, steps: [Double], reference: Study.Reference) {
        var participants = (node.sequence ?? []).compactMap { entry in
            entry.string.map { (name: $0, mark: entry.mark, steps: steps) }
        }
        if case .fineGrid(let name, let factor) = reference, let finest = steps.min() {
            participants.append((name, node.mark, [finest / Double(factor)]))
        }
        for (name, mark, steps) in participants {
            guard let integrator = IntegratorCatalogue.integrator(named: name) else { continue }
            let unstable = steps.sorted(by: >).lazy.compactMap { step in
                problem.models.lazy.compactMap { integrator.refusal($0, step: step) }.first.map { (step, $0) }
            }
            guard let (step, reason) = unstable.first else { continue }
            problems.add(
                mark, keyPath, "\(name) cannot take steps of \(step.shortest) ms: \(reason)",
                "use shorter steps, longer time constants, or an implicit or exponential integrator")
        }
    }

    /// On the `reference` key.
    func check(_ reference: Study.Reference, problem: Problem, measures: [Study.MeasureChoice]) {
        let (name, reason) = reference.nameAndRefusal(problem, measures: measures)
        guard let reason else { return }
        report("the reference \(name) does not do for this study: \(reason)", remedy: Self.otherReference)
    }

    private static var otherReference: String {
        "choose another with `reference:`; `spikeverify list references` shows all"
    }
}

extension Study.Reference {
    /// Why it cannot be what this problem is measured against; nil where it can.
    fileprivate func nameAndRefusal(
        _ problem: Problem, measures: [Study.MeasureChoice]
    ) -> (name: String, reason: String?) {
        switch self {
        case .exactEvent: ("exact-event", problem.models.lazy.compactMap(ExactEvent().refusal).first)
        case .rungeKutta:
            (
                "runge-kutta",
                problem.models.lazy.compactMap(RungeKutta().refusal).first
                    ?? (problem.network.shortestFeedback.isFinite
                        ? "it takes neurons one after the other, and synapses lead back" : nil)
            )
        case .fineGrid(let name, _):
            (
                name,
                IntegratorCatalogue.integrator(named: name).flatMap { integrator in
                    problem.models.lazy.compactMap(integrator.refusal).first
                }
            )
        case .siegert: ("siegert", refusalOfSiegert(problem, measures: measures))
        case .fokkerPlanck: ("fokker-planck", refusalOfFokkerPlanck(problem, measures: measures))
        }
    }

    private func refusalOfSiegert(_ problem: Problem, measures: [Study.MeasureChoice]) -> String? {
        if let reason = problem.models.lazy.compactMap(StationaryLaw.refusalOfSiegert).first { return reason }
        if problem.models.count > 1 || problem.network.neuronCount > 1 || !problem.inputs.isEmpty {
            return "it is about one neuron without inputs"
        }
        guard case .stationary = problem.initial else {
            return "it is about the stationary state; write initial: {stationary: 500}"
        }
        let other = measures.first { $0 != Study.MeasureChoice(name: "weak", observable: "firing-rate") }
        return other.map {
            "it knows the rate and no path, so {weak: firing-rate} is all it can measure, not \($0.name)"
        }
    }
}
