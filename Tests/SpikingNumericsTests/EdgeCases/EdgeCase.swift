import SpikingNumerics
import Testing

/// A problem at the edge of what numbers can do, with an answer known otherwise.
struct EdgeCase: CustomTestStringConvertible, Sendable {
    /// The case, as the table in the documentation has it.
    var name: String
    /// What the answer is compared with.
    var oracle: String
    /// In words: what may be off, and by how much.
    var tolerance: String
    /// Expects the answer.
    var check: @Sendable () -> Void

    init(
        _ name: String, against oracle: String, within tolerance: String,
        _ check: @escaping @Sendable () -> Void
    ) {
        (self.name, self.oracle, self.tolerance, self.check) = (name, oracle, tolerance, check)
    }

    var testDescription: String { name }
}

extension EdgeCase {
    /// exact-event's own claim, ms.
    static let claimedTimeError = 1e-9

    /// A neuron without noise against the closed form, whose crossings GSL's Brent method finds.
    static func closedForm(
        _ name: String, _ model: NeuronModel, voltage: Double = 0, current: Double = 0,
        until duration: Double,
        resolution: Double = 1e-3
    ) -> EdgeCase {
        EdgeCase(name, against: "closed form, Brent", within: "spikes, each to 1e-9 ms") {
            let problem = Problem(
                model: model, initial: .fixed(voltage: voltage, current: current), duration: duration)
            let expected = DeterministicNeuron(model: model).spikes(
                from: .init(time: 0, voltage: voltage, current: current), until: duration,
                resolution: resolution)
            expectSpikes(exactSpikes(problem), expected.map(\.time))
        }
    }

    static func expectSpikes(
        _ found: [Double], _ expected: [Double], within tolerance: Double = claimedTimeError
    ) {
        #expect(!expected.isEmpty)
        #expect(found.count == expected.count, "\(found.count) spikes, not \(expected.count)")
        for (a, b) in zip(found, expected) {
            guard abs(a - b) <= tolerance else {
                Issue.record("a spike at \(a), not at \(b) ms")
                return
            }
        }
    }

    /// As studies have it, ms.
    static func usualBaseCell(_ problem: Problem) -> Double {
        let forest = Simulations.forest(problem)
        return forest.width(level: ExactEvent.baseLevel(problem, forest: forest))
    }

    static func exactSpikes(_ problem: Problem) -> [Double] {
        Simulations.exactSpikes(problem, baseCell: usualBaseCell(problem)).map(\.time)
    }

    /// All spikes of all neurons on eight paths, with a scheme beside the reference.
    static func trains(
        _ problem: Problem, _ integrator: String, h: Double
    ) -> (exact: [[Double]], tested: [[Double]]) {
        let tested = Simulations.participant(integrator, h: h)
        let baseCell = min(usualBaseCell(problem), h)
        let simulation = Simulations.coupled(problem, tested: [tested], baseCell: baseCell)
        try! simulation.run(firstPath: 0)
        func trains(_ run: any Run) -> [[Double]] {
            (0..<problem.network.neuronCount).flatMap { neuron in
                (0..<8).map { run.spikes(neuron: neuron, lane: $0).map(\.time) }
            }
        }
        return (trains(simulation.reference), trains(simulation.tested[0]))
    }

    /// The same neuron with V measured in another unit, a power of two times as large.
    static func rescaled(_ model: NeuronModel, by factor: Double) -> NeuronModel {
        var model = model
        model.restingPotential *= factor
        model.threshold *= factor
        model.reset *= factor
        model.drive *= factor
        model.noiseStrength *= factor
        return model
    }

    /// Units are arbitrary, and multiplication by a power of two has no rounding: every spike must be the same.
    static func scaling(_ name: String, by factor: Double) -> EdgeCase {
        EdgeCase(name, against: "the same problem in another unit of V", within: "nothing: the same bits") {
            let problem = Problem(duration: 100)
            var scaled = problem
            scaled.models = [rescaled(problem.model(neuron: 0), by: factor)]
            for integrator in ["euler-maruyama", "exact-propagator+hermite"] {
                let (one, other) = (trains(problem, integrator, h: 0.5), trains(scaled, integrator, h: 0.5))
                #expect(one.exact.joined().count > 5)
                #expect(one.exact == other.exact && one.tested == other.tested)
            }
        }
    }
}
