import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

@Suite("Distances between spike trains as measures")
struct SpikeTrainMeasureTests {
    static let names = [
        "victor-purpura", "van-rossum", "isi-distance", "spike-distance", "spike-synchronization",
        "coincidence-factor",
    ]

    static func study(
        steps: [Double], integrators: [String] = ["euler-maruyama"], paths: Int = 8, problem: Problem
    ) -> Study {
        StudyRunnerTests.study(
            steps: steps, measures: names.map { .init(name: $0) }, integrators: integrators, paths: paths,
            problem: problem)
    }

    /// V settles at 2, so that intervals are τ_m log 2 long; Euler's are 14 ms at h = 0.5 ms, 16 ms at h = 4 ms.
    static let clock = NeuronModel(drive: 0.1, noiseStrength: 0)
    static let interval = 20 * log(2.0)

    @Test("a clock that is late by a little and a little more")
    func nearClock() async throws {
        // Reference at P and 2P, tested at 14 and 28.
        let (p, q, end) = (Self.interval, 14.0, 28.0)
        let result = try await StudyRunnerTests.run(
            Self.study(steps: [0.5], problem: Problem(model: Self.clock, duration: end)))
        func value(_ name: String) -> Double {
            StudyRunnerTests.row(result, "euler-maruyama", name, h: 0.5).value!
        }
        let (late, later) = (q - p, 2 * (q - p))
        #expect(abs(value("victor-purpura") - 0.4 * (late + later)) < 1e-6)
        // ⟨f, g⟩ in units of τ/2 is Σ e^{-|s - t|/τ}.
        func product(_ a: [Double], _ b: [Double]) -> Double {
            a.reduce(0) { sum, s in sum + b.reduce(0) { $0 + exp(-abs(s - $1) / 5) } }
        }
        let (exact, grid) = ([p, 2 * p], [q, 2 * q])
        let square = product(exact, exact) - 2 * product(exact, grid) + product(grid, grid)
        #expect(abs(value("van-rossum") - square.squareRoot()) < 1e-6)
        // Intervals cut off by the window are taken to be as long as their neighbours.
        #expect(abs(value("isi-distance") - (q - p) / q) < 1e-6)
        let middle = (late + later) / 2
        let ofExact = late * p + middle * p + later * (end - 2 * p)
        let ofGrid = late * q + middle * q
        let expected = 2 * (ofExact * q + ofGrid * p) / ((p + q) * (p + q)) / end
        #expect(abs(value("spike-distance") - expected) < 1e-6)
        #expect(value("spike-synchronization") == 0)
        #expect(value("coincidence-factor") == 0)
    }

    @Test("a clock that loses a spike")
    func farClock() async throws {
        // Reference at P and 2P, tested at 16.
        let result = try await StudyRunnerTests.run(
            Self.study(steps: [4], problem: Problem(model: Self.clock, duration: 28)))
        func value(_ name: String) -> Double {
            StudyRunnerTests.row(result, "euler-maruyama", name, h: 4).value!
        }
        #expect(abs(value("victor-purpura") - (1 + 0.4 * (16 - Self.interval))) < 1e-6)
        #expect(abs(value("spike-synchronization") - 1.0 / 3) < 1e-12)
        // No coincidence within half a millisecond where 2νΔ N₁ = 2/28 are expected by chance, per 3/2 spikes.
        #expect(abs(value("coincidence-factor") - (1 + (2.0 / 28) / 1.5 / (1 - 1.0 / 28))) < 1e-12)
    }

    @Test("average over the neurons of a case: two clocks, one silent neuron")
    func neurons() async throws {
        let network = Network(
            neuronCount: 3,
            populations: [.init(name: "clocks", neurons: 0..<2), .init(name: "silent", neurons: 2..<3)])
        let problem = Problem(
            models: [Self.clock, NeuronModel(drive: 0, noiseStrength: 0)], modelIndices: [0, 0, 1],
            network: network, initial: .fixed(voltage: 0, current: 0), duration: 28)
        let result = try await StudyRunnerTests.run(Self.study(steps: [4], problem: problem))
        for name in Self.names {
            func value(_ place: String) -> Double {
                result.rows.first { $0.case == place && $0.measure == name }!.value!
            }
            #expect(value("clocks") > 0)
            #expect(value("silent") == 0)
            #expect(abs(value("network") - 2 * value("clocks") / 3) < 1e-12)
        }
    }

    @Test("fall to zero with h")
    func convergence() async throws {
        let steps = [1, 0.25, 0.0625, 0x1p-6]
        let result = try await StudyRunnerTests.run(
            Self.study(
                steps: steps, integrators: ["exact-propagator+hermite"], paths: 4096,
                problem: Problem(duration: 200)), threads: 2)
        for name in Self.names {
            let values = steps.map {
                StudyRunnerTests.row(result, "exact-propagator+hermite", name, h: $0).value!
            }
            #expect(values[0] > 0 && values[0] < 1, "\(name)")
            for (coarse, fine) in zip(values, values.dropFirst()) {
                #expect(fine < 0.6 * coarse || fine < 2e-5, "\(name) \(values)")
            }
        }
    }

    @Test("a coincidence factor without meaning is left out, and only that")
    func coincidenceWithoutMeaning() {
        func neuron(_ reference: Int, _ tested: Int) -> PathComparison.Neuron {
            func train(_ count: Int) -> [Spike] {
                (0..<count).map { Spike(time: Double($0) * 0.25, crossingSpeed: 1) }
            }
            return .init(
                referenceVoltage: 0, testedVoltage: 0, referenceCurrent: 0, testedCurrent: 0,
                referenceSpikes: train(reference), testedSpikes: train(tested), meanSquaredError: 0,
                resetHeight: 1,
                matching: SpikeMatching(
                    reference: train(reference), tested: train(tested), window: 5),
                scales: SpikeTimeScales(membraneTimeConstant: 20), duration: 10)
        }
        // Windows of 1 ms around ten spikes in 10 ms.
        let path = PathComparison(neurons: [neuron(10, 1), neuron(1, 10), neuron(1, 1)])
        let measure = CoincidenceLoss()
        #expect(measure.sample(path, neurons: 0..<1).weight == 0)
        #expect(measure.sample(path, neurons: 1..<2) == Sample(value: 1, square: 1))
        #expect(measure.sample(path, neurons: 2..<3) == Sample(value: 0, square: 0))
        #expect(measure.sample(path, neurons: 0..<3).weight == 2.0 / 3)
    }

    @Test("are found under their names in study files, with their defaults in the summary")
    func names() throws {
        let text = StudyText.replacing(
            "spike-times]", with: Self.names.joined(separator: ", ") + ", network-statistics]")
        let study = try StudyFile.parse(text, file: "s.yaml")
        #expect(study.measures.suffix(7).map(\.name) == Self.names + ["network-statistics"])
        for name in Self.names {
            #expect(MeasureCatalogue.measures(named: name, observable: "").map(\.name) == [name])
        }
        func summary(_ name: String) -> String {
            MeasureCatalogue.families.first { $0.name == name }!.summary
        }
        #expect(summary("victor-purpura").contains("q = 8/τ_m"))
        #expect(summary("van-rossum").contains("τ = τ_m/4"))
        #expect(summary("spike-synchronization").hasPrefix("1 - "))
        #expect(summary("coincidence-factor").hasPrefix("1 - Γ"))
        #expect(summary("coincidence-factor").contains("Δ = τ_m/40"))
    }
}
