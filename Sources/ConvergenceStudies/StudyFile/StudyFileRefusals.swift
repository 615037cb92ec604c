import SpikingNumerics

/// Combinations that make no sense are refused with the reason.
extension StudyFileValue {
    /// On the `integrators` key.
    func checkIntegrators(_ problem: Problem) {
        for entry in node.sequence ?? [] {
            guard let name = entry.string, let integrator = IntegratorCatalogue.integrator(named: name) else {
                continue
            }
            for reason in problem.models.distinct(integrator.refusal) {
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
        if let finest = steps.min(), let grid = reference.kind.grid(finestStep: finest) {
            participants.append((grid.integrator, node.mark, [grid.step]))
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
}
