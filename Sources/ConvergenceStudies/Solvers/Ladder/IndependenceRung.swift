import SolverProtocol
import SpikingNumerics

/// Whether a solver's own noise is new for every neuron, path and batch.
struct IndependenceRung: Rung {
    static let name = "independence"
    private static let paths = 1024
    /// Standard deviations that a correlation of independent numbers exceeds with a probability of 1e-7.
    private static let deviations = 5.33

    func climb(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding {
        guard probe.choice.mode == .weak else {
            return .init(
                .pass, probe.choice.mode == .strong ? "increments are handed over" : "there is no noise")
        }
        let problem = Problem(
            model: NeuronModel(threshold: 50, drive: 0), network: Network(neuronCount: 2),
            initial: .fixed(voltage: 0, current: 0), duration: 8)
        var batches: [[[Double]]] = []
        for seed in 1...2 as ClosedRange<UInt64> {
            let answer = try await probe.ask(problem, step: 0.25, paths: Self.paths, seed: seed)
            batches.append(
                (0..<2).map { neuron in
                    (0..<Self.paths).map { answer.currents(neuron: neuron, path: $0).last! }
                })
        }
        let pairs: [(x: [Double], y: [Double], words: String, remedy: String)] = [
            (
                batches[0][0], batches[1][0], "two batches with different seeds",
                "request.json's seed is new for every batch: seed the generator with it"
            ),
            (
                batches[0][0], batches[0][1], "two neurons",
                "every neuron has noise of its own: draw [paths, steps, neurons]"
            ),
            (
                batches[0][0], Array(batches[0][0].dropFirst() + batches[0][0].prefix(1)),
                "neighbouring paths",
                "every path has noise of its own: draw [paths, steps, neurons]"
            ),
        ]
        for pair in pairs {
            guard let r = Self.correlation(pair.x, pair.y) else {
                return .init(
                    .fail, "I ends at the same value on all paths",
                    diagnosis: "every path has noise of its own")
            }
            guard abs(r) > Self.deviations / Double(Self.paths).squareRoot() else { continue }
            return .init(
                .fail, "I of \(pair.words) is correlated, \(StepText.number(r)), where it is independent",
                diagnosis: pair.remedy)
        }
        return .init(.pass, "neurons, paths and batches have independent noise")
    }

    /// Nil where one does not vary.
    private static func correlation(_ x: [Double], _ y: [Double]) -> Double? {
        let n = Double(x.count)
        let (a, b) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
        var (xx, xy, yy) = (0.0, 0.0, 0.0)
        for (u, v) in zip(x, y) {
            xx += (u - a) * (u - a)
            xy += (u - a) * (v - b)
            yy += (v - b) * (v - b)
        }
        // What rounding makes of equal numbers is no variation.
        let least = n * Double.ulpOfOne * (a * a + b * b)
        return xx > least && yy > least ? xy / (xx * yy).squareRoot() : nil
    }
}
