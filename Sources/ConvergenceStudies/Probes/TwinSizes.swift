import SpikingNumerics

/// Lyapunov exponents of twins that start, and are brought back to, different distances: what resets on the grid erase.
struct TwinSizes: Probe {
    static let family: MeasureFamily? = MeasureFamily(
        name: "twin-sizes",
        summary: "Lyapunov exponents of twins at different distances: what resets on the grid erase",
        measures: [], needs: .internals)

    static func refusals(of problem: Problem) -> [String] {
        let one = "\(family!.name) is for one neuron"
        return (problem.network.neuronCount > 1 ? [one] : [])
            + (problem.isSmooth ? LyapunovRefusals.of(family!.name, problem) : [])
    }

    /// Distances in units of the reset's height.
    static let sizes = [0.1, 0.03, 0.01, 0.003, 0.001, 1e-4, 1e-5, 1e-6]
    /// Enough for a figure; every size needs a simulation of its own.
    private static let mostPaths = 512

    let plan: StudyPlan

    /// One curve for each integrator and step, the reference first.
    ///
    /// - Throws: `SimulationError`.
    func curves(isInterrupted: @escaping () -> Bool) throws(SimulationError) -> [Curve] {
        let height = plan.study.problem.model(neuron: 0).resetHeight
        let paths = min(plan.study.sampling.paths, Self.mostPaths)
        var growths: [[Moments]] = []
        for size in Self.sizes {
            let simulation = plan.makeSimulation(twinSize: size * height)
            simulation.isInterrupted = isInterrupted
            var moments = [Moments](
                repeating: .init(dimension: 2, levels: 0), count: plan.tested.count + 1)
            for group in stride(from: 0, to: paths, by: 8) {
                try simulation.run(firstPath: group)
                for (k, growth) in simulation.twinGrowth.enumerated() {
                    for lane in 0..<min(8, paths - group) {
                        moments[k].add(SIMD2(growth.logGrowth[lane], growth.time[lane]))
                    }
                }
            }
            growths.append(moments)
        }
        let participants = [plan.reference] + plan.tested
        return participants.enumerated().map { k, participant in
            let rates = growths.map { Self.rate($0[k]) }
            return Curve(
                name: "twin-size", integrator: participant.integrator.name,
                h: k == 0 ? nil : plan.study.steps[(k - 1) % plan.study.steps.count],
                x: Self.sizes.map { $0 * height }, y: rates.map(\.value),
                standardErrors: rates.map(\.error))
        }
    }

    private static func rate(_ moments: Moments) -> (value: Double, error: Double) {
        let time = moments.mean(1)
        guard time > 0 else { return (0, 0) }
        let rate = moments.mean(0) / time
        let variance =
            moments.covarianceOfMeans(0, 0) - 2 * rate * moments.covarianceOfMeans(0, 1)
            + rate * rate * moments.covarianceOfMeans(1, 1)
        return (rate, variance.isFinite ? max(0, variance).squareRoot() / time : 0)
    }
}
