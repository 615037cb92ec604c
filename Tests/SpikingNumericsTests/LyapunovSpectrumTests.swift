import Foundation
import SpikingNumerics
import Testing

@Suite("Lyapunov spectrum")
struct LyapunovSpectrumTests {
    /// Spikes of all neurons on path 0 of exact-event.
    static func spikes(_ problem: Problem, seed: UInt64 = 1) throws -> (spikes: [[Spike]], states: [Double]) {
        let simulation = Simulations.coupled(problem, seed: seed)
        try simulation.run(firstPath: 0)
        let neurons = 0..<problem.network.neuronCount
        let states = neurons.map { simulation.reference.state(neuron: $0) }
        return (
            neurons.map { simulation.reference.spikes(neuron: $0, lane: 0) },
            states.map { $0.voltage[0] } + states.map { 5 * $0.current[0] }
        )
    }

    /// Three neurons that excite and inhibit one another, on a delay or none.
    static func network(delay: Double, jump: Network.Jump = .current) -> Network {
        Network(
            neuronCount: 3,
            synapses: [
                .init(source: 0, target: 1, weight: 0.012, delay: delay, jump: jump),
                .init(source: 1, target: 2, weight: -0.02, delay: 2 * delay, jump: jump),
                .init(source: 2, target: 0, weight: 0.015, delay: delay, jump: jump),
                .init(source: 0, target: 2, weight: 0.008, delay: 0, jump: jump),
            ])
    }

    /// By Liouville's theorem volumes in the plane of V and I shrink by the trace, from the first moment on.
    @Test("of a silent neuron adds up to -1/τ_m - 1/τ_s after any time")
    func trace() throws {
        let spectrum = try LyapunovSpectrum(problem: Problem(duration: 64), spikes: [[]], burnIn: 0)
        let times: [Double] = [8, 16, 24, 32, 40, 48, 56, 64]
        #expect(spectrum.series.map(\.time) == times)
        for point in spectrum.series {
            let sum: Double = point.exponents.reduce(0, +)
            #expect(abs(sum + 0.25) < 1e-12)
        }
    }

    /// Without noise differences can be taken for real: states are computed to 1e-11 and differences of 2e-6 on
    /// either side differ from the tangent by their square.
    @Test(
        "the tangent flow is the derivative of the flow",
        arguments: [(0.0, Network.Jump.current), (1.5, .current), (1.5, .drive), (0, .drive)])
    func derivative(_ delay: Double, _ jump: Network.Jump) throws {
        let model = NeuronModel(drive: 0.07, noiseStrength: 0)
        let scale = jump == .drive ? 0.1 : 1.0
        var network = Self.network(delay: delay, jump: jump)
        network = Network(
            neuronCount: 3,
            synapses: network.outgoing.joined().map {
                .init(
                    source: $0.source, target: $0.target, weight: scale * $0.weight, delay: $0.delay,
                    jump: $0.jump)
            })
        let start = [0.1, 0.35, 0.72, 0.0, 0.01, -0.02]
        func run(_ start: [Double]) throws -> (spikes: [[Spike]], states: [Double]) {
            try Self.spikes(
                Problem(
                    models: [model], modelIndices: [], network: network,
                    initial: .perNeuron(
                        (0..<3).map { .init(voltage: start[$0], current: start[3 + $0] / 5) }),
                    duration: 88))
        }
        let problem = Problem(model: model, network: network, duration: 88)
        let base = try run(start)
        #expect(base.spikes.allSatisfy { $0.count >= 2 })
        try Self.expectDerivative(problem, base.spikes, start) { try run($0).states }
    }

    /// The tangent flow against differences in the first of its variables.
    ///
    /// - Parameters:
    ///   - spikes: Those from `start`.
    ///   - end: All variables at the end, from a start.
    static func expectDerivative(
        _ problem: Problem, _ spikes: [[Spike]], _ start: [Double], end: ([Double]) throws -> [Double]
    ) throws {
        let dimension = TangentFlow.dimension(problem)
        var flow = TangentFlow(problem: problem, differences: .identity(dimension), time: 0)
        let events = spikes.enumerated().flatMap { k, train in train.map { (k, $0) } }
            .sorted { $0.1.time < $1.1.time }
        for (neuron, spike) in events { flow.pass(spike, of: neuron) }
        flow.advance(to: problem.duration)
        let size = 2e-6
        for j in start.indices {
            var (above, below) = (start, start)
            above[j] += size
            below[j] -= size
            let (right, left) = (try end(above), try end(below))
            #expect(right.count == dimension)
            for i in 0..<dimension {
                let slope = (right[i] - left[i]) / (2 * size)
                #expect(abs(slope - flow.differences[i, j]) < 1e-4 * max(1, abs(slope)), "\(i) \(j)")
            }
        }
    }

    /// n factors, rounded to n ulps, make a logarithm that is wrong by n ulps of 1 and its own rounding.
    @Test("saltations of a train are those of its spikes, of whatever speed")
    func saltations() {
        let model = NeuronModel()
        let slow = [Double.leastNormalMagnitude, 1e-300, 1e-200, 1e-200]
        for speeds in [[], [0.05, 0.2, .infinity], slow, [Double](repeating: 1e-9, count: 1000)] {
            let spikes = speeds.map { Spike(time: 0, crossingSpeed: $0) }
            let wanted = speeds.reduce(0) { $0 + model.logSaltation(crossingSpeed: $1) }
            let bound = 2 * Double(speeds.count) * (1 + abs(wanted)) * Double.ulpOfOne
            #expect(abs(model.logSaltation(spikes) - wanted) <= bound)
        }
    }

    @Test("exponents add up to the leaks and the saltations", arguments: [0.0, 1.0])
    func sum(_ delay: Double) throws {
        let model = NeuronModel(drive: 0.05, noiseStrength: 0.02)
        // With delays only as long as no spike comes back.
        let network =
            delay == 0
            ? Self.network(delay: 0)
            : Network(
                neuronCount: 3,
                synapses: [
                    .init(source: 0, target: 1, weight: 0.02, delay: delay),
                    .init(source: 1, target: 2, weight: -0.02, delay: delay),
                ])
        let problem = Problem(
            model: model, network: network, initial: .stationary(burnIn: 100), duration: 2000)
        let spikes = try Self.spikes(problem).spikes
        let spectrum = try LyapunovSpectrum(problem: problem, spikes: spikes, burnIn: 200)
        let saltations = spikes.joined().filter { $0.time > 200 }.reduce(0) {
            $0 + model.logSaltation(crossingSpeed: $1.crossingSpeed)
        }
        let expected = -3 * (1.0 / 20 + 1.0 / 5) + saltations / 1800
        #expect(abs(spectrum.exponents.reduce(0, +) - expected) < 1e-9)
        #expect(zip(spectrum.exponents, spectrum.exponents.dropFirst()).allSatisfy { $0 > $1 - 0.01 })
    }

    /// At the times of orthonormalisation directions are all but settled: what turns them is forgotten like
    /// e^{-0.15 t}.
    @Test("without feedback the spectrum is that of the neurons one by one")
    func feedforward() throws {
        let models = [0.045, 0.055, 0.06].map { NeuronModel(drive: $0, noiseStrength: 0.02) }
        let network = Network(
            neuronCount: 3,
            synapses: [
                .init(source: 0, target: 1, weight: 0.02), .init(source: 0, target: 2, weight: -0.01),
                .init(source: 1, target: 2, weight: 0.02),
            ])
        let problem = Problem(
            models: models, modelIndices: [0, 1, 2], network: network, initial: .stationary(burnIn: 100),
            duration: 40_000)
        let spikes = try Self.spikes(problem).spikes
        let spectrum = try LyapunovSpectrum(problem: problem, spikes: spikes, burnIn: 400)
        let single = spikes.enumerated().map { k, train in
            train.filter { $0.time > 400 }.reduce(-1.0 / 20) {
                $0 + models[k].logSaltation(crossingSpeed: $1.crossingSpeed) / 39_600
            }
        }
        let expected = (single + [-0.2, -0.2, -0.2]).sorted(by: >)
        for (found, wanted) in zip(spectrum.exponents, expected) { #expect(abs(found - wanted) < 5e-4) }
        #expect(spectrum.series.count == 8)
        #expect(spectrum.series.map(\.time).last == 39_600)
    }
}
