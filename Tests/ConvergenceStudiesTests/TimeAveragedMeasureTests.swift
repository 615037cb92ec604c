import NumericalMethods
import SpikingNumerics
import Testing

@Suite("Time-averaged measures")
struct TimeAveragedMeasureTests {
    /// Record points are 1 ms apart, so the second half of 8 ms has those at 5, 6, 7 and 8.
    @Test("average the strong error over the ends that a path might have had")
    func strong() throws {
        let model = NeuronModel(drive: 0.3, noiseStrength: 0.1)
        func simulation(_ duration: Double) throws -> CoupledSimulation {
            let problem = Problem(model: model, duration: duration)
            return CoupledSimulation(
                problem: problem, forest: try BrownianForest(problem, rootCell: 4),
                reference: .init(ExactEvent(), level: 5),
                tested: [.init(IntegratorCatalogue.integrator(named: "euler-maruyama")!, level: 3)], seed: 1)
        }
        let whole = try simulation(8)
        let ends = try [5.0, 6, 7, 8].map(simulation)
        var largest = 0.0
        for first in stride(from: 0, to: 256, by: 8) {
            try whole.run(firstPath: first)
            var mean = Lanes.zero
            for end in ends {
                try end.run(firstPath: first)
                let error = end.tested[0].state(neuron: 0).voltage - end.reference.state(neuron: 0).voltage
                mean += error * error / 4
            }
            let found = try #require(whole.meanSquaredErrors(run: 0, neuron: 0).late)
            for lane in 0..<8 {
                #expect(abs(found[lane] - mean[lane]) <= 8 * mean[lane].ulp)
                largest = max(largest, mean[lane])
            }
        }
        // Some of these paths have a spike between the two solutions.
        #expect(largest > 0.1)
    }

    /// At 10,000 ends, equally spaced, a spike more or less moves the sum by at most one of them.
    @Test("average the mismatch of counts over the ends that a path might have had")
    func counts() {
        var random = SplitMix64(seed: 11)
        let (duration, ends) = (100.0, 10_000)
        for _ in 0..<50 {
            let neurons = (0..<3).map { _ in
                let reference = (0..<4).map { _ in duration * Double(random.next() >> 11) * 0x1p-53 }.sorted()
                let tested = reference.map { min(duration, $0 + 0.5) }.dropLast(Int(random.next() & 1))
                return Self.neuron(reference, Array(tested), duration: duration)
            }
            let measure = CountMismatchTimeAveraged()
            let found = measure.sample(PathComparison(neurons: neurons), neurons: 0..<3).value
            var sum = 0.0
            for k in 0..<ends {
                let end = duration / 2 * (1 + (Double(k) + 0.5) / Double(ends))
                let cut = neurons.map { neuron in
                    var neuron = neuron
                    neuron.referenceSpikes.removeAll { $0.time > end }
                    neuron.testedSpikes.removeAll { $0.time > end }
                    return neuron
                }
                sum += CountMismatch().sample(PathComparison(neurons: cut), neurons: 0..<3).value
            }
            #expect(abs(found - sum / Double(ends)) <= 24 / Double(ends))
        }
    }

    private static func neuron(
        _ reference: [Double], _ tested: [Double], duration: Double
    ) -> PathComparison.Neuron {
        func train(_ times: [Double]) -> [Spike] { times.map { Spike(time: $0, crossingSpeed: 1) } }
        return PathComparison.Neuron(
            referenceVoltage: 0, testedVoltage: 0, referenceCurrent: 0, testedCurrent: 0,
            referenceSpikes: train(reference), testedSpikes: train(tested), meanSquaredError: 0,
            resetHeight: 1, matching: SpikeMatching(reference: [], tested: [], window: 1),
            scales: SpikeTimeScales(membraneTimeConstant: 20), duration: duration)
    }
}
