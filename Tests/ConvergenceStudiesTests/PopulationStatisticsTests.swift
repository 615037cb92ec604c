import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

@Suite("Statistics of populations")
struct PopulationStatisticsTests {
    static func scalars(_ problem: String, paths: Int = 1024) async throws -> [Scalar] {
        let text = """
            study: populations
            problem:
            \(problem)
            integrators: [euler-maruyama]
            steps: [0.5]
            measures: [population-statistics]
            sampling: {paths: \(paths)}
            """
        let study = try StudyFile.parse(text, file: "p.yaml")
        return try await StudyRunner(study: study, threads: 1).run { _, _ in }.scalars.filter {
            $0.integrator == "exact-event"
        }
    }

    /// Neurons that fire at every arrival of a Poisson process: counts are Poisson, and independent.
    @Test("of Poisson neurons: Fano factor 1, no correlation")
    func poisson() async throws {
        let scalars = try await Self.scalars(
            """
              model: white-noise-lif
              parameters: {mu: 0, sigma: 0.0001}
              topology: {recurrent: {populations: {A: {size: 4}}, connections: []}}
              inputs: [{to: all, as: voltage, poisson: {rate: 0.02, height: 1.5}}]
              duration: 200
            """)
        let fano = try #require(scalars.first { $0.name == "fano-factor" && $0.case == "network" })
        // 4096 counts of mean 4: the variance of a variance of Poisson counts is (2 m² + m)/N.
        let error = (36.0 / 4096).squareRoot() / 4
        #expect(abs(fano.value! - 1) < 4 * error)
        let correlation = try #require(
            scalars.first { $0.name == "pair-correlation" && $0.case == "network" })
        // Six pairs on 1024 paths; false alarm 6e-5.
        #expect(abs(correlation.value!) < 4 / (6 * 1024.0).squareRoot())
        #expect(abs(fano.standardError! - error) < 0.6 * error)
        // All input comes from one side.
        #expect(scalars.first { $0.name == "balance-factor" }?.value == 1)
    }

    /// A spike of A makes B fire at once: as many spikes, fully correlated; what B receives is the sum of A's spikes.
    @Test("of neurons that copy each other: correlation 1")
    func copies() async throws {
        let scalars = try await Self.scalars(
            """
              model: white-noise-lif
              parameters: {mu: 0, sigma: 0.0001}
              topology:
                recurrent:
                  populations: {A: {size: 1}, B: {size: 1}}
                  connections: [{from: A, to: B, rule: dense, weight: 1.5, synapse: delta}]
              inputs: [{to: A, as: voltage, poisson: {rate: 0.02, height: 1.5}}]
              duration: 200
            """, paths: 256)
        let correlation = try #require(
            scalars.first { $0.name == "pair-correlation" && $0.case == "network" })
        #expect(abs(correlation.value! - 1) < 1e-9)
    }

    /// μ = .05 against inhibition of 1/2 by a clock of known rate: |.05 - .5 ν|/(.05 + .5 ν).
    @Test("balance is that of the mean inputs")
    func balance() async throws {
        let scalars = try await Self.scalars(
            """
              model: white-noise-lif
              parameters: {mu: 0.05, sigma: 0.0001}
              topology:
                recurrent:
                  populations: {A: {size: 1, parameters: {mu: 0.1}}, B: {size: 1}}
                  connections: [{from: A, to: B, rule: dense, weight: -0.5, synapse: delta}]
              duration: 200
            """, paths: 64)
        // Without noise to speak of A fires every 20 ln 2 ms.
        let rate = (200 / (20 * log(2.0))).rounded(.down) / 200
        let expected = abs(0.05 - 0.5 * rate) / (0.05 + 0.5 * rate)
        let found = try #require(scalars.first { $0.name == "balance-factor" && $0.case == "B" })
        #expect(abs(found.value! - expected) < 1e-9, "\(found.value!) \(expected)")
        #expect(scalars.first { $0.name == "balance-factor" && $0.case == "A" }?.value == 1)
    }
}
