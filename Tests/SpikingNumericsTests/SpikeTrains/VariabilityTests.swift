import Foundation
import SpikingNumerics
import Testing

@Suite("Variability and synchrony")
struct VariabilityTests {
    @Test("the coefficient of variation by hand")
    func coefficientOfVariation() throws {
        func cv(_ times: [Double]) throws -> Double? {
            try SpikeTrain(times, window: 0...100).coefficientOfVariation
        }
        #expect(try cv([]) == nil)
        #expect(try cv([1, 2]) == nil)
        #expect(try cv([5, 5, 5]) == nil)
        #expect(try cv([0, 10, 20, 30]) == 0)
        #expect(try cv([0, 10, 40]) == 0.5)
    }

    @Test("χ² is 1 precisely for neurons that do the same, 0 for ones that cancel, and otherwise by hand")
    func populationSynchrony() {
        let wave = (0..<100).map { sin(0.1 * Double($0)) }
        #expect(PopulationSynchrony.varianceRatio(voltages: [wave]) == 1)
        #expect(PopulationSynchrony.varianceRatio(voltages: [wave, wave, wave]) == 1)
        #expect(PopulationSynchrony.varianceRatio(voltages: [wave, wave.map { -$0 }]) == 0)
        // Variances 1 and 1, of the mean 1/2.
        #expect(PopulationSynchrony.varianceRatio(voltages: [[1, 1, -1, -1], [1, -1, 1, -1]]) == 0.5)
    }

    @Test("χ² does not depend on offset or scale, even where the offset is large")
    func offset() throws {
        let generator = Philox(key: [5, 6])
        let voltages = (0..<10).map { neuron in
            (0..<200).map { Double(generator.block([UInt32(neuron), $0, 0, 0])[0] % 1024) / 1024 }
        }
        let ratio = try #require(PopulationSynchrony.varianceRatio(voltages: voltages))
        #expect(abs(ratio - 0.1) < 0.03)
        let moved = voltages.map { $0.map { 8 * $0 - 1e9 } }
        #expect(abs(try #require(PopulationSynchrony.varianceRatio(voltages: moved)) - ratio) < 1e-6)
    }

    @Test("χ² does not exist where nothing moves")
    func silence() {
        #expect(PopulationSynchrony.varianceRatio(voltages: []) == nil)
        #expect(PopulationSynchrony.varianceRatio(voltages: [[]]) == nil)
        #expect(PopulationSynchrony.varianceRatio(voltages: [[0.1, 0.1, 0.1], [0.3, 0.3, 0.3]]) == nil)
    }
}
