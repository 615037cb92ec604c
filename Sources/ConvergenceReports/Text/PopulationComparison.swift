import ConvergenceStudies

/// Layers or populations side by side at one step.
struct PopulationComparison {
    var quantity: Quantity
    var integrator: String
    /// The finest step that every population resolves, or the coarsest of all where there is none, in ms.
    var h: Double
    /// One level per population, in the order of the result.
    var levels: [Row]

    /// One comparison per measure and integrator; empty where the network is all there is.
    static func rows(of result: StudyResult) -> [PopulationComparison] {
        let populations = result.populations
        let quantities = unique(populations.flatMap { result.quantities(case: $0) })
        return quantities.flatMap { quantity in
            result.integrators.compactMap { integrator in
                row(quantity, integrator, populations: populations, of: result)
            }
        }
    }

    private static func row(
        _ quantity: Quantity, _ integrator: String, populations: [String], of result: StudyResult
    ) -> PopulationComparison? {
        let curves = populations.map { result.levels(quantity, integrator: integrator, case: $0) }
        guard let steps = curves.first(where: { !$0.isEmpty })?.map(\.h), let coarsest = steps.first else {
            return nil
        }
        let resolved = steps.filter { h in
            curves.allSatisfy { curve in curve.contains { $0.h == h && $0.resolved } }
        }
        let h = resolved.last ?? coarsest
        let levels = curves.compactMap { curve in curve.first { $0.h == h } }
        return PopulationComparison(quantity: quantity, integrator: integrator, h: h, levels: levels)
    }
}
