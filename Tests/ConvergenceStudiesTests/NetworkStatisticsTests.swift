import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

@Suite("Variability and synchrony")
struct NetworkStatisticsTests {
    static func scalars(
        _ problem: Problem, paths: Int = 8, measures: [String] = ["strong-final", "network-statistics"]
    ) async throws -> [Scalar] {
        try await StudyRunnerTests.run(
            StudyRunnerTests.study(
                steps: [0.5], measures: measures.map { .init(name: $0) }, integrators: ["euler-maruyama"],
                paths: paths, problem: problem)
        ).scalars
    }

    static func scalar(
        _ scalars: [Scalar], _ name: String, _ place: String = "network", _ integrator: String = "exact-event"
    ) -> Scalar? {
        scalars.first { $0.name == name && $0.case == place && $0.integrator == integrator }
    }

    @Test("clocks have no variation; equal ones fire together, a faster one now and then")
    func clocks() async throws {
        // Intervals of 20 log 2 = 13.86 ms, and of 20 log 1.5 = 8.11 ms: in 60 ms spikes at 13.9, 27.7, 41.6 and 55.5
        // and at 8.1, 16.2, 24.3, 32.4, 40.5, 48.7 and 56.8.  No two of different kinds lie within 1 ms.
        let network = Network(
            neuronCount: 3,
            populations: [.init(name: "slow", neurons: 0..<2), .init(name: "fast", neurons: 2..<3)])
        let problem = Problem(
            models: [NeuronModel(drive: 0.1, noiseStrength: 0), NeuronModel(drive: 0.15, noiseStrength: 0)],
            modelIndices: [0, 0, 1], network: network, initial: .fixed(voltage: 0, current: 0), duration: 60)
        let scalars = try await Self.scalars(problem)
        for place in ["network", "slow", "fast"] {
            let variation = Self.scalar(scalars, "interval-cv", place)!
            #expect(variation.value! < 1e-6 && variation.unit.isEmpty && variation.h == nil)
            #expect(Self.scalar(scalars, "interval-cv", place, "euler-maruyama")?.h == 0.5)
        }
        #expect(Self.scalar(scalars, "synchrony", "slow")?.value == 1)
        #expect(Self.scalar(scalars, "synchrony", "fast") == nil)
        // Each of eight slow spikes has one of two others beside it, each of seven fast ones none.
        #expect(abs(Self.scalar(scalars, "synchrony")!.value! - 8 * 0.5 / 15) < 1e-12)
    }

    @Test("silent neurons say nothing about variation, and nothing about synchrony")
    func nothing() async throws {
        let pair = Network(neuronCount: 2)
        let silent = try await Self.scalars(
            Problem(model: NeuronModel(drive: 0, noiseStrength: 0), network: pair, duration: 32))
        #expect(Self.scalar(silent, "synchrony")! == Scalar.missing("synchrony"))
        #expect(Self.scalar(silent, "interval-cv")! == Scalar.missing("interval-cv"))
    }

    @Test("are ratios over all paths, of what the functions on spike trains say")
    func ratios() async throws {
        let problem = Problem(network: Network(neuronCount: 3), duration: 200)
        let scalars = try await Self.scalars(problem, paths: 16)
        let forest = try BrownianForest(problem, rootCell: 4, content: .propagation)
        let simulation = CoupledSimulation(
            problem: problem, forest: forest,
            reference: .init(ExactEvent(), level: TimeGrid(rootCell: 4).level(step: 0.125)!), tested: [],
            seed: 1)
        var (together, spikes) = (0.0, 0.0)
        // Of each neuron, and of each neuron without each of the sixteen paths.
        var times = [RecurrenceTimes](repeating: .init(), count: 3)
        var rest = [[RecurrenceTimes]](repeating: times, count: 16)
        for first in [0, 8] {
            try simulation.run(firstPath: first)
            for lane in 0..<8 {
                let trains = (0..<3).map {
                    SpikeTrain(simulation.reference.spikes(neuron: $0, lane: lane), duration: 200)
                }
                for (neuron, train) in trains.enumerated() {
                    times[neuron].add(train)
                    for path in 0..<16 where path != first + lane { rest[path][neuron].add(train) }
                }
                let count = Double(trains.map(\.times.count).reduce(0, +))
                let probability = try JointFiring.probability(within: [1], trains: trains)
                together += count * (probability?[0] ?? 0)
                spikes += count
            }
        }
        let variation = try #require(Self.scalar(scalars, "interval-cv"))
        func mean(_ times: [RecurrenceTimes]) -> Double {
            times.reduce(0) { $0 + $1.coefficientOfVariation! } / 3
        }
        let jackknife = 16 * mean(times) - 15 * rest.reduce(0) { $0 + mean($1) } / 16
        #expect(abs(variation.value! - jackknife) < 1e-6)
        #expect(variation.intervalLow! < variation.value! && variation.value! < variation.intervalHigh!)
        #expect(abs(Self.scalar(scalars, "synchrony")!.value! - together / spikes) < 1e-6)
    }

    /// Accompanied spikes per neuron are synchrony times rate times T.
    @Test("synchrony-bias is the difference of what the two processes show")
    func bias() async throws {
        let problem = Problem(network: Network(neuronCount: 3), duration: 200)
        let study = StudyRunnerTests.study(
            steps: [1], measures: ["synchrony-bias", "network-statistics"].map { .init(name: $0) },
            integrators: ["euler-maruyama"], paths: 512, problem: problem)
        let result = try await StudyRunnerTests.run(study)
        func accompanied(_ integrator: String) -> Double {
            ["synchrony", "firing-rate"].reduce(200) {
                $0 * Self.scalar(result.scalars, $1, "network", integrator)!.value!
            }
        }
        let row = try #require(result.rows.first { $0.measure == "synchrony-bias" })
        #expect(row.value! != 0)
        #expect(abs(row.value! - (accompanied("euler-maruyama") - accompanied("exact-event"))) < 1e-9)
    }

    @Test("synchrony-bias is refused for one neuron")
    func alone() {
        let marked = MarkedText(StudyText.replacing("spike-times]", with: "▸synchrony-bias]"))
        expectRefusal(of: marked.text, at: marked.place, ["two neurons or more"])
    }

    @Test("are made only where they are asked for, and stand for no order")
    func onDemand() async throws {
        let scalars = try await Self.scalars(
            Problem(network: Network(neuronCount: 2), duration: 20), measures: ["strong-final"])
        #expect(scalars.allSatisfy { $0.name != "interval-cv" && $0.name != "synchrony" })
        let marked = MarkedText(
            StudyText.replacing("spike-times]", with: "network-statistics]")
                .replacing("expect: [{measure: strong-final", with: "expect: [{measure: ▸network-statistics"))
        expectRefusal(of: marked.text, at: marked.place, ["network-statistics has no order of convergence"])
    }
}

extension Scalar {
    /// A scalar of the reference in a study of `StudyRunnerTests`, for which there was nothing to average.
    fileprivate static func missing(_ name: String) -> Scalar {
        Scalar(
            study: "s", case: "network", name: name, method: "exact-event", integrator: "exact-event", h: nil,
            value: nil, standardError: nil, intervalLow: nil, intervalHigh: nil, unit: "")
    }
}
