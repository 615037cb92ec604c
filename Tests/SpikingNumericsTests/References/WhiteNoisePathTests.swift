import Foundation
import SpikingNumerics
import TestSupport
import Testing

/// exact-event under white noise in V, against laws in closed form and a program of its own.
@Suite("Exact paths under white noise in V")
struct WhiteNoisePathTests {
    static func model(_ drive: Double, _ noise: Double = 0.0948683, refractory: Double = 0) -> NeuronModel {
        NeuronModel(drive: drive, noiseStrength: noise, noiseEntry: .voltage, refractoryPeriod: refractory)
    }

    /// The first intervals of each path, so that the end of the simulation cuts none.
    static func intervals(
        _ integrator: CoupledSimulation.Participant, _ model: NeuronModel, perPath: Int, groups: Int,
        duration: Double, seed: UInt64 = 11
    ) throws -> [Double] {
        let problem = Problem(
            model: model, initial: .fixed(voltage: model.reset, current: 0), duration: duration)
        let simulation = CoupledSimulation(
            problem: problem, forest: Simulations.forest(problem), reference: integrator, tested: [],
            seed: seed)
        var intervals: [Double] = []
        for group in 0..<groups {
            try simulation.run(firstPath: 8 * group)
            for lane in 0..<8 {
                let times = simulation.reference.spikes(neuron: 0, lane: lane).map(\.time)
                try #require(times.count >= perPath)
                intervals += zip([0] + times, times).prefix(perPath).map { $1 - $0 }
            }
        }
        return intervals
    }

    /// (μ, σ, how long an interval lasts at most, how long so many of them last at most), from 4 to 75 Hz.
    static let cases: [(model: NeuronModel, longest: Double, duration: Double)] = [
        (model(0.05), 400, 1024), (model(0.1), 100, 256), (model(0.04, 0.2), 400, 1280),
    ]

    /// 20,480 intervals of each neuron.  The law: a false alarm in 10^6; a rate that is 2 % off is seen.  Mean and deviation against
    /// Siegert's formula and the integral equation, four standard errors: a false alarm in 16,000; .4 % of the mean is seen.
    @Test("have the intervals of the first-passage law, and Siegert's rate", arguments: cases.indices)
    func intervalLaw(_ k: Int) throws {
        let (model, longest, duration) = Self.cases[k]
        let law = FirstPassage(model, until: longest, steps: 4000)
        #expect(abs(law.cumulative.last! - 1) < 1e-4)
        let rate = try StationaryLaw.siegert(model).means["firing-rate"]!.value
        #expect(abs(law.mean * rate - 1) < 1e-3)
        let sample = try Self.intervals(
            Simulations.exactEvent(baseCell: 0.03125), model, perPath: 10, groups: 256, duration: duration)
        #expect(law.kolmogorov(sample) < 2.7)
        let n = Double(sample.count)
        let mean = sample.reduce(0, +) / n
        let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
        #expect(abs(mean - 1 / rate) < 4 * (variance / n).squareRoot())
        // The deviation's own error, from the fourth moment.
        let fourth = sample.reduce(0) { $0 + pow($1 - mean, 4) } / n
        let error = ((fourth - variance * variance) / n).squareRoot() / (2 * variance.squareRoot())
        #expect(abs(variance.squareRoot() - law.deviation) < 4 * error)
    }

    /// The rule's law is the process's at any step; .5 ms is a tenth of a plain rule's bias of 12 %.
    @Test("are what bridge-hitting has at a step of half a millisecond")
    func hittingRule() throws {
        let (model, longest, duration) = Self.cases[0]
        let law = FirstPassage(model, until: longest, steps: 4000)
        let hitting = try Self.intervals(
            Simulations.participant("exact-propagator+bridge-hitting", h: 0.5), model, perPath: 10,
            groups: 256, duration: duration)
        #expect(law.kolmogorov(hitting) < 2.7)
        let plain = try Self.intervals(
            Simulations.participant("exact-propagator", h: 0.5), model, perPath: 10, groups: 256,
            duration: duration)
        #expect(law.kolmogorov(plain) > 5)
    }

    static let network = Network(
        neuronCount: 4,
        synapses: [
            .init(source: 0, target: 1, weight: 0.2, jump: .voltage),
            .init(source: 1, target: 2, weight: 0.25, jump: .voltage),
            .init(source: 2, target: 0, weight: -0.3, jump: .voltage),
            .init(source: 3, target: 0, weight: 0.05),
            .init(source: 0, target: 3, weight: 0.3, jump: .voltage),
            .init(source: 2, target: 3, weight: -0.04, delay: 1.5),
        ])

    /// What a path does is a property of the path: wider or narrower cells find the same spikes, in a network with feedback without
    /// delay, with inputs and with and without a refractory period.
    @Test("do not depend on the cells they are found by", arguments: [0.0, 2])
    func baseCells(_ refractory: Double) throws {
        var problem = Problem(
            model: Self.model(0.05, refractory: refractory), network: Self.network,
            initial: .fixed(voltage: 0, current: 0), duration: 200)
        problem.inputs = [
            ExternalInput(.poisson(rate: 0.05, height: 0.1), jump: .voltage, neurons: 0..<4)
        ]
        let wide = CoupledSimulation.Participant(ExactEvent(), level: 3)
        let simulation = CoupledSimulation(
            problem: problem, forest: Simulations.forest(problem),
            reference: Simulations.exactEvent(baseCell: 0.03125), tested: [wide], seed: 3)
        var count = 0
        for group in 0..<4 {
            try simulation.run(firstPath: 8 * group)
            for (neuron, lane) in (0..<32).map({ ($0 / 8, $0 % 8) }) {
                let a = simulation.reference.spikes(neuron: neuron, lane: lane).map(\.time)
                let b = simulation.tested[0].spikes(neuron: neuron, lane: lane).map(\.time)
                #expect(a.count == b.count)
                #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-9 })
                count += a.count
            }
        }
        #expect(count > 500)
    }

    /// A program of its own: Ornstein-Uhlenbeck steps of 1/64 ms with the bridge's coin, its own random numbers, arrivals by
    /// the clock.  It puts spikes and arrivals at the ends of steps, which makes them late by 1/128 ms in 20, less than half a
    /// standard error here; four standard errors are a false alarm in 16,000, and see 1.5 % of the rate.
    @Test("have the rates of a plain program in a network with inputs and refractory periods")
    func plainProgram() throws {
        var problem = Problem(
            model: Self.model(0.04, refractory: 2), network: Self.network,
            initial: .fixed(voltage: 0, current: 0), duration: 256)
        problem.inputs = [
            ExternalInput(.poisson(rate: 0.05, height: 0.1), jump: .voltage, neurons: 0..<4)
        ]
        let simulation = CoupledSimulation(
            problem: problem, forest: Simulations.forest(problem),
            reference: Simulations.exactEvent(baseCell: 0.03125), tested: [], seed: 5)
        var found = (0..<4).map { _ in MeanAndError() }
        for group in 0..<64 {
            try simulation.run(firstPath: 8 * group)
            for (neuron, lane) in (0..<32).map({ ($0 / 8, $0 % 8) }) {
                found[neuron].add(Double(simulation.reference.spikes(neuron: neuron, lane: lane).count))
            }
        }
        var program = PlainWhiteNoiseNetwork(problem: problem, weight: 0.1, rate: 0.05, step: 0x1p-6)
        var expected = (0..<4).map { _ in MeanAndError() }
        for _ in 0..<512 {
            for (neuron, count) in program.spikeCounts().enumerated() { expected[neuron].add(Double(count)) }
        }
        for (a, b) in zip(found, expected) {
            let error = (a.standardError * a.standardError + b.standardError * b.standardError).squareRoot()
            #expect(abs(a.mean - b.mean) < 4 * error, "\(a.mean) \(b.mean) \(error)")
        }
    }

    /// Where a reference's own noise is not what the tested integrators take, paths still begin in the stationary state.  512 paths
    /// of 200 ms; four standard errors are a false alarm in 16,000 and see 5 %.
    @Test("begin in the stationary state, whatever noise the integrators take")
    func stationaryStart() throws {
        let model = Self.model(0.05)
        var problem = Problem(model: model, duration: 200)
        problem.initial = .stationary(burnIn: 200)
        let fine = FineGrid(IntegratorCatalogue.integrator(named: "euler-maruyama+bridge-coin")!)
        let content = CoupledSimulation.noise(problem, [fine])
        #expect(content.contains(.propagation))
        let simulation = CoupledSimulation(
            problem: problem, forest: try BrownianForest(problem, rootCell: 4, content: content),
            reference: .init(fine, level: 6), tested: [], seed: 2)
        var count = MeanAndError()
        for group in 0..<64 {
            try simulation.run(firstPath: 8 * group)
            for lane in 0..<8 { count.add(Double(simulation.reference.spikes(neuron: 0, lane: lane).count)) }
        }
        let rate = try StationaryLaw.siegert(model).means["firing-rate"]!.value
        #expect(abs(count.mean - 200 * rate) < 4 * count.standardError, "\(count.mean)")
    }

    /// 10^6 intervals at five rates from .1 to 200 Hz, three standard errors: a false alarm in 74 of five; .3 % of a
    /// rate is seen where the CV is 1.
    @Test(
        "agree with Siegert over a million intervals",
        .enabled(if: ProcessInfo.processInfo.environment["SPIKEVERIFY_SLOW"] == "1"),
        arguments: [(0, 0.085), (0.02, 0.0948683), (0.05, 0.0948683), (0.1, 0.0948683), (0.25, 0.2)])
    func millionIntervals(_ drive: Double, _ noise: Double) throws {
        let model = Self.model(drive, noise)
        let rate = try StationaryLaw.siegert(model).means["firing-rate"]!.value
        // So many intervals take less than this but for a probability of 1e-9: their law is at most exponential.
        let perPath = 400
        let duration = ((Double(perPath) + 6 * Double(perPath).squareRoot() + 24) / rate / 4).rounded(.up) * 4
        // Wide cells where the threshold is far nearly always, so that ten thousand million ms are minutes.
        let sample = try Self.intervals(
            Simulations.exactEvent(baseCell: rate < 1e-3 ? 1 : 0.03125), model, perPath: perPath,
            groups: 1_000_000 / 8 / perPath + 1, duration: duration, seed: 12)
        let n = Double(sample.count)
        let mean = sample.reduce(0, +) / n
        let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
        print(
            "rate \(rate * 1000) Hz: \((1 / mean - rate) / (rate * rate * (variance / n).squareRoot())) standard errors,",
            "CV \(variance.squareRoot() / mean), \(sample.count) intervals")
        #expect(abs(mean - 1 / rate) < 3 * (variance / n).squareRoot())
    }
}

/// Few lines of an independent program, in steps.
struct PlainWhiteNoiseNetwork {
    let problem: Problem
    /// Of the input's spikes, and their rate per ms.
    let weight, rate: Double
    let step: Double
    var generator = SystemIndependentGenerator(state: 42)

    init(problem: Problem, weight: Double, rate: Double, step: Double) {
        (self.problem, self.weight, self.rate, self.step) = (problem, weight, rate, step)
    }

    mutating func normal() -> Double {
        (-2 * log(generator.uniform())).squareRoot() * cos(2 * Double.pi * generator.uniform())
    }

    mutating func spikeCounts() -> [Int] {
        let (model, count) = (problem.model(neuron: 0), problem.network.neuronCount)
        let (tau, filter) = (model.membraneTimeConstant, model.synapticTimeConstant)
        let decay = exp(-step / tau)
        let deviation = model.voltageNoise * (tau / 2 * (1 - decay * decay)).squareRoot()
        let variance = model.voltageNoise * model.voltageNoise * step
        var (v, i) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
        var held = [Double](repeating: -1, count: count)
        var spikes = [Int](repeating: 0, count: count)
        var later: [(time: Double, target: Int, weight: Double)] = []
        for k in 0..<Int(problem.duration / step) {
            let now = Double(k + 1) * step
            var firing: [Int] = []
            for n in 0..<count {
                let before = v[n]
                v[n] =
                    model.asymptoticPotential + (v[n] - model.asymptoticPotential) * decay
                    + i[n] * step * (1 - step / (2 * tau)) + deviation * normal()
                i[n] *= exp(-step / filter)
                if held[n] > now - step / 2 { v[n] = model.reset; continue }
                let (a, b) = (model.threshold - before, model.threshold - v[n])
                if b <= 0 || generator.uniform() < exp(-2 * a * b / variance) { firing.append(n) }
            }
            for arrival in later where arrival.time <= now { i[arrival.target] += arrival.weight }
            later.removeAll { $0.time <= now }
            for n in 0..<count where generator.uniform() < rate * step && held[n] <= now {
                v[n] += weight
                if v[n] >= model.threshold, !firing.contains(n) { firing.append(n) }
            }
            while let n = firing.popLast() {
                spikes[n] += 1
                v[n] = model.reset
                held[n] = now + model.refractoryPeriod
                for synapse in problem.network.outgoing[n] {
                    if synapse.jump == .current {
                        if synapse.delay > 0 {
                            later.append((now + synapse.delay, synapse.target, synapse.weight))
                        } else {
                            i[synapse.target] += synapse.weight
                        }
                    } else if held[synapse.target] <= now {
                        v[synapse.target] += synapse.weight
                        if v[synapse.target] >= model.threshold, !firing.contains(synapse.target) {
                            firing.append(synapse.target)
                        }
                    }
                }
            }
        }
        return spikes
    }
}

/// xorshift64*: nothing that the library uses.
struct SystemIndependentGenerator {
    var state: UInt64

    mutating func uniform() -> Double {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return (Double((state &* 2_685_821_657_736_338_717) >> 11) + 0.5) * 0x1p-53
    }
}
