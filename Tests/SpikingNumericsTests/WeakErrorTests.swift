import Foundation
import SpikingNumerics
import Testing

@Suite("Weak errors of one path")
struct WeakErrorTests {
    /// Two neurons over 20 ms, of which one fires twice more than it should.
    private static let path: PathComparison = {
        func neuron(_ reference: (Double, Double, Int), _ tested: (Double, Double, Int))
            -> PathComparison.Neuron
        {
            func train(_ count: Int) -> [Spike] {
                (0..<count).map { Spike(time: Double($0 + 1), crossingSpeed: 1) }
            }
            return .init(
                referenceVoltage: reference.0, testedVoltage: tested.0, referenceCurrent: reference.1,
                testedCurrent: tested.1, referenceSpikes: train(reference.2), testedSpikes: train(tested.2),
                meanSquaredError: 0, resetHeight: 1,
                matching: SpikeMatching(reference: train(reference.2), tested: train(tested.2), window: 5),
                scales: SpikeTimeScales(membraneTimeConstant: 20), duration: 20)
        }
        return PathComparison(neurons: [
            neuron((0.2, 0.1, 1), (0.5, -0.3, 3)), neuron((0.9, 0, 4), (0.9, 0, 4)),
        ])
    }()

    static let differences: [(observable: String, difference: Double)] = [
        ("cos-V", cos(0.5) - cos(0.2)), ("exp-V2", exp(-0.25) - exp(-0.04)),
        ("tanh-I", tanh(-0.3) - tanh(0.1)),
        ("spike-count", 2), ("firing-rate", 0.1),
    ]

    @Test("are differences of observables, on average over the neurons", arguments: differences)
    func difference(observable: String, difference: Double) throws {
        let measure = WeakError(try #require(Observable.all.first { $0.name == observable }))
        let one = measure.sample(Self.path, neurons: 0..<1)
        #expect(abs(one.value - difference) < 1e-15 && abs(one.square - difference * difference) < 1e-15)
        let both = measure.sample(Self.path, neurons: 0..<2)
        #expect(abs(both.value - difference / 2) < 1e-15)
        #expect(measure.sample(Self.path, neurons: 1..<2).value == 0)
    }

    @Test("are differences from a law's mean, where that is the reference")
    func law() throws {
        var path = Self.path
        path.stationaryMeans = ["firing-rate": .init(value: 0.05, error: 0)]
        let measure = WeakError(try #require(Observable.all.first { $0.name == "firing-rate" }))
        #expect(abs(measure.sample(path, neurons: 0..<2).value - (0.15 + 0.2 - 0.1) / 2) < 1e-15)
    }
}
