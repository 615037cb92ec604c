import SpikingNumerics

struct FineGridReference: ReferenceKind {
    /// Of the catalogue.
    var integrator: String
    /// How many times finer than the study's finest step its step is: a power of two from 16 on.
    var factor: Int

    static let name = "fine-grid"
    static let summary = "an integrator on a grid at least 16 times finer than the finest step"
    static let usualFactor = 16

    /// The most accurate scheme and rule that suit a neuron.
    static func usual(for problem: Problem?) -> FineGridReference {
        FineGridReference(integrator: usualIntegrator(for: problem), factor: usualFactor)
    }

    static func usualIntegrator(for problem: Problem?) -> String {
        let names = [
            "exact-propagator+hermite", "exact-propagator+bridge-crossing", "sra1+hermite",
            "sra1+bridge-crossing",
        ]
        return names.first { name in
            let integrator = IntegratorCatalogue.integrator(named: name)
            return problem?.models.allSatisfy { integrator?.refusal($0) == nil } ?? true
        } ?? names[0]
    }

    var written: String { "\(Self.name) (\(integrator), \(factor) times finer than the finest step)" }

    func objections(_ problem: Problem, measures: [Study.MeasureChoice]) -> [ReferenceObjection] {
        IntegratorCatalogue.integrator(named: integrator)?.objections(problem) ?? []
    }

    func integrator(for problem: Problem) throws -> any Integrator {
        guard let known = IntegratorCatalogue.integrator(named: integrator) else {
            throw StudyPlanError.integrator(integrator)
        }
        return FineGrid(known)
    }

    func level(_ problem: Problem, forest: BrownianForest, levels: [Int]) -> Int {
        levels.max()! + factor.trailingZeroBitCount
    }

    func grid(finestStep: Double) -> (integrator: String, step: Double)? {
        (integrator, finestStep / Double(factor))
    }
}
