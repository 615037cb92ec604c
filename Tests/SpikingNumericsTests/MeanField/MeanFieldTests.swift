import Foundation
import Testing

import SpikingNumerics

/// Rates that populations give each other, against an independent program's (NumPy, root finding on the same equations).
@Suite("Mean field")
struct MeanFieldTests {
    /// Two populations with white noise in V, 3 mV/√s, and exact numbers of inputs.
    ///
    /// - Parameters:
    ///   - weights: j_EE, j_EI, j_IE, j_II in mV.
    ///   - filtered: Whether EE and II pass a filter of 10 ms.
    static func network(
        _ weights: [Double], drive: Double, inhibitoryDrive: Double? = nil, tauI: Double = 10,
        filtered: Bool = false
    ) -> Problem {
        let noise = 3 / 1000.0.squareRoot()
        func model(_ tau: Double, _ drive: Double) -> NeuronModel {
            NeuronModel(
                membraneTimeConstant: tau, synapticTimeConstant: 10, drive: drive, noiseStrength: noise,
                noiseEntry: .voltage)
        }
        func projection(
            _ source: String, _ target: String, _ degree: Int, _ weight: Double, filtered: Bool
        ) -> RecurrentNetwork.Projection {
            .init(
                from: source, to: target, rule: .fixedInDegree(degree),
                weight: filtered ? weight / 10 : weight, jump: filtered ? .current : .voltage)
        }
        let network = RecurrentNetwork(
            populations: [
                .init(name: "E", size: 3000, model: model(20, drive)),
                .init(name: "I", size: 1000, model: model(tauI, inhibitoryDrive ?? drive)),
            ],
            projections: [
                projection("E", "E", 195, weights[0], filtered: filtered),
                projection("I", "E", 200, -weights[1], filtered: false),
                projection("E", "I", 825, weights[2], filtered: false),
                projection("I", "I", 100, -weights[3], filtered: filtered),
            ])
        return Problem(
            models: network.populations.map(\.model), modelIndices: network.modelIndices,
            network: network.network(), initial: .fixed(voltage: 0, current: 0), duration: 100)
    }

    @Test("populations without synapses have Siegert's rates")
    func uncoupled() throws {
        let problem = Self.network([0, 0, 0, 0], drive: 0.03)
        let found = try MeanField(problem).fixedPoints()
        #expect(found.points.count == 1 && found.areComplete)
        for (rate, model) in zip(found.points[0].rates, problem.models) {
            let siegert = try StationaryLaw.siegert(model).means["firing-rate"]!.value
            #expect(abs(rate / siegert - 1) < 1e-9)
        }
    }

    /// An independent program's figures, to the digits it prints.
    @Test("a network of 4000 neurons has the rates of an independent program")
    func coupled() throws {
        let found = try MeanField(Self.network([0.01026, 0.06, 0.007273, 0.01], drive: 0.02)).fixedPoints()
        #expect(found.points.count == 1 && found.areComplete && found.points[0].isStable)
        let rates = found.points[0].rates.map { $0 * 1000 }
        #expect(abs(rates[0] - 2.5554) < 5e-5 && abs(rates[1] - 0.9402) < 5e-5, "\(rates)")
    }

    /// The equations once more, term by term.
    @Test("fixed points reproduce themselves")
    func consistent() throws {
        let problem = Self.network([0.025641, 0.05, 0.008485, 0.11], drive: 0.003, filtered: true)
        let found = try MeanField(problem).fixedPoints()
        #expect(found.points.map(\.isStable) == [true, false, true] && found.areComplete)
        for point in found.points {
            let (e, i) = (point.rates[0], point.rates[1])
            let noise = 9.0 / 1000
            let inputs = [
                (
                    0.003 + 195 * 0.025641 * e - 200 * 0.05 * i,
                    noise + 195 * 0.025641 * 0.025641 * e + 200 * 0.0025 * i, 20.0
                ),
                (
                    0.003 + 825 * 0.008485 * e - 100 * 0.11 * i,
                    noise + 825 * 0.008485 * 0.008485 * e + 100 * 0.0121 * i, 10.0
                ),
            ]
            for (rate, (mean, variance, tau)) in zip(point.rates, inputs) {
                let siegert = try SiegertRate(
                    membraneTimeConstant: tau, drive: mean, noiseStrength: variance.squareRoot()
                ).rate
                #expect(abs(rate / siegert - 1) < 1e-8)
            }
        }
    }

    /// Of a network with two states, from an independent program that follows its branches.
    @Test("folds are where an independent program has them")
    func folds() throws {
        let problem = Self.network([0.025641, 0.05, 0.008485, 0.11], drive: 0, filtered: true)
        let folds = try MeanField(problem).folds(from: [0, 0], to: [0.01, 0.01])
        #expect(folds.map(\.endsUpwards) == [false, true])
        #expect(abs(folds[0].position * 10 - 1.955) < 1e-3 && abs(folds[1].position * 10 - 3.644) < 1e-3)
        // Just beside a fold there are two states more on one side than on the other.
        for fold in folds {
            let counts = try [-1e-3, 1e-3].map { shift in
                let drive = 0.01 * (fold.position + shift)
                return try MeanField(problem).adding(drive: [drive, drive]).fixedPoints().points.count
            }
            #expect(counts[0] - counts[1] == (fold.endsUpwards ? 2 : -2))
        }
    }

    @Test("a scheme on a grid has the rates of a higher threshold")
    func raised() throws {
        let problem = Self.network([0, 0, 0, 0], drive: 0.03)
        let rates = try MeanField(problem, .raisedThreshold(step: 0.1)).fixedPoints().points[0].rates
        for (rate, model) in zip(rates, problem.models) {
            var higher = model
            // -ζ(1/2)/√(2π) = .5826
            higher.threshold += 0.5825971579390106 * model.noiseStrength * 0.1.squareRoot()
            let siegert = try StationaryLaw.siegert(higher).means["firing-rate"]!.value
            #expect(abs(rate / siegert - 1) < 1e-9)
        }
    }

    /// a, b, n of a neuron and the three states of a network, as an independent least-squares program has them.
    @Test("the supralinear network is that of an independent program")
    func supralinear() throws {
        let problem = Self.network([0.025641, 0.05, 0.008485, 0.11], drive: 0.003, filtered: true)
        let field = try MeanField(problem).supralinear()
        guard case .powerLaw(let laws) = field.transfer else {
            Issue.record("no power law")
            return
        }
        // Hz and mV/s.
        for (law, (a, b, n)) in zip(laws, [(1.0792e-4, -11.1425, 3.0814), (2.2099e-6, 4.7670, 3.8150)]) {
            #expect(abs(law.exponent - n) < 2e-3 && abs(law.onset * 1000 - b) < 0.01)
            let factor = law.factor * 1000 * pow(1000, -law.exponent)
            #expect(abs(factor / a - 1) < 2e-2, "\(factor)")
        }
        let rates = try field.fixedPoints().points.map { $0.rates[0] * 1000 }
        #expect(rates.count == 3)
        for (rate, expected) in zip(rates, [0.851, 2.712, 6.140]) { #expect(abs(rate / expected - 1) < 1e-3) }
    }

    /// The Fokker-Planck equation in V and I, whose mesh leaves less than a thousandth.
    @Test("noise that a short filter passes has the rate of the Fokker-Planck equation to first order")
    func filtered() throws {
        // White noise of strength .0949 behind a filter of 1/4 ms.
        let filter = 0.25
        let model = NeuronModel(
            membraneTimeConstant: 20, synapticTimeConstant: filter, drive: 0.05,
            noiseStrength: 0.0948683 / filter)
        let law = try FokkerPlanck.solved(model).estimate(.firingRate).value
        let rate = try MeanField(Problem(model: model, duration: 10)).fixedPoints().points[0].rates[0]
        let white = try SiegertRate(membraneTimeConstant: 20, drive: 0.05, noiseStrength: 0.0948683).rate
        // What is left is of the order of τ_s/τ_m = 1/80, where without the correction it is of √(τ_s/τ_m) = 1/9.
        #expect(abs(rate / law - 1) < 0.015, "\(rate) \(law)")
        #expect(abs(white / law - 1) > 0.05, "\(white) \(law)")
    }

    @Test("refuses what it does not know, with the reason")
    func refusals() {
        let quadratic = ModelFamily.nonlinearIF.usual
        #expect(
            MeanField.refusals(of: Problem(model: quadratic, duration: 1)).first?.contains("leaky") == true)
        let pulse = ExternalInput(.pulse(height: 1, start: 0, end: 1), jump: .drive, neurons: 0..<1)
        #expect(throws: MeanField.Refusal.self) { try MeanField(Problem(inputs: [pulse], duration: 1)) }
    }

    @Test("Poisson input counts by its rate and the share of neurons that have it")
    func poisson() throws {
        let base = NeuronModel(drive: 0.02, noiseStrength: 0.05, noiseEntry: .voltage)
        let input = ExternalInput(.poisson(rate: 2, height: 0.01), jump: .voltage, neurons: 0..<1)
        let rate = try MeanField(Problem(model: base, inputs: [input], duration: 1)).fixedPoints().points[0]
            .rates[0]
        let expected = try SiegertRate(
            membraneTimeConstant: 20, drive: 0.02 + 2 * 0.01,
            noiseStrength: (0.05 * 0.05 + 2 * 0.01 * 0.01).squareRoot()
        ).rate
        #expect(abs(rate / expected - 1) < 1e-9)
    }
}

@Suite("Ramps of the drive")
struct DriveRampTests {
    @Test("their jumps add up to the value of each stair", arguments: [true, false])
    func stairs(_ comesBack: Bool) {
        let ramp = DriveRamp(
            key: "mu", start: 0.01, end: 0.04, rises: [.init(neurons: 0..<2, height: 0.03)], time: 100,
            stairs: 8, comesBack: comesBack)
        #expect(ramp.duration == (comesBack ? 200 : 100))
        for time in stride(from: 0.5, to: ramp.duration, by: 1) {
            var drive = 0.01
            for input in ramp.inputs {
                guard case .times(let times, let height) = input.pattern else { continue }
                drive += height * Double(times.count { $0 <= time })
            }
            #expect(abs(drive - ramp.value(stair: ramp.stair(at: time))) < 1e-12)
        }
    }

    @Test("drive neurons alike under every integrator")
    func integrated() throws {
        // Without noise and threshold far away, V follows the stairs by a closed form.
        let model = NeuronModel(threshold: 100, drive: 0, noiseStrength: 0)
        let ramp = DriveRamp(
            key: "mu", start: 0, end: 0.1, rises: [.init(neurons: 0..<1, height: 0.1)], time: 8, stairs: 4,
            comesBack: true)
        var problem = Problem(model: model, inputs: ramp.inputs, duration: 16)
        problem.ramp = ramp
        let simulation = Simulations.coupled(problem)
        try simulation.run(firstPath: 0)
        var v = 0.0
        for stair in 0..<8 {
            let rest = 20 * ramp.value(stair: stair)
            v = rest + (v - rest) * exp(-2.0 / 20)
        }
        #expect(abs(simulation.reference.state(neuron: 0).voltage[0] - v) < 1e-12)
    }
}
