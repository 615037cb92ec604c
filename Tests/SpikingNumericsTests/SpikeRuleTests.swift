import Foundation
import NumericalMethods
import SpikingNumerics
import Testing

@Suite("Spike rules")
struct SpikeRuleTests {
    static let rules: [any SpikeRule.Type] = [
        GridConstrained.self, LinearInterpolation.self, QuadraticInterpolation.self,
        HermiteInterpolation.self, BoundaryCorrected.self, BridgeCrossing.self, SoftReset.self,
    ]
    /// Of the schemes that are known for them.
    static let rulesWithDice: [any SpikeRule.Type] = [BridgeCoin.self, BridgeHitting.self]

    @Test("are all of the catalogue's, with every scheme")
    func known() {
        let names =
            KnownScheme.all.flatMap { scheme in
                Self.rules.map { $0.name.isEmpty ? scheme.name : scheme.name + "+" + $0.name }
            }
            + ["euler-maruyama", "exact-propagator"].flatMap { scheme in
                Self.rulesWithDice.map { scheme + "+" + $0.name }
            }
        #expect(Set(IntegratorCatalogue.names).isSubset(of: names))
        #expect(
            Set(names).subtracting(IntegratorCatalogue.names).allSatisfy { $0.hasPrefix("discrete-time-lif") }
        )
    }

    /// Without noise the exact propagator's only error is where it puts its spikes.
    static func spikeErrors(_ name: String, steps: [Double]) -> [Double] {
        let model = NeuronModel(drive: 0.06, noiseStrength: 0)
        let problem = Problem(model: model, initial: .fixed(voltage: 0.2, current: 0.1), duration: 28)
        let simulation = Simulations.coupled(
            problem, tested: steps.map { Simulations.participant(name, h: $0) })
        try! simulation.run(firstPath: 0)
        let exact = simulation.reference.spikes(neuron: 0, lane: 0)
        #expect(exact.count == 1)
        return simulation.tested.map { $0.spikes(neuron: 0, lane: 0)[0].time - exact[0].time }
    }

    /// What is added to μ, or comes by a receptor, bends V as I does: a rule that looks at slopes must see it.
    @Test(
        "see slopes with all that V feels",
        arguments: ["exact-propagator+hermite", "exact-propagator+quadratic"],
        [Network.Jump.drive, .receptor(0)])
    func slopesWithInputs(_ name: String, _ jump: Network.Jump) throws {
        var model = NeuronModel(drive: 0.02, noiseStrength: 0)
        model.receptors = Receptors(jump == .drive ? [] : [Receptor(.alpha(time: 8))])
        let input = ExternalInput(.times([4], height: 0.08), jump: jump, neurons: 0..<1)
        let problem = Problem(model: model, inputs: [input], duration: 32)
        let steps = [1.0, 0.5, 0.25, 0.125]
        let simulation = Simulations.coupled(
            problem, tested: steps.map { Simulations.participant(name, h: $0) })
        try simulation.run(firstPath: 0)
        let exact = try #require(simulation.reference.spikes(neuron: 0, lane: 0).first)
        let order = name.hasSuffix("hermite") ? 4.0 : 3
        for (h, run) in zip(steps, simulation.tested) {
            let spike = try #require(run.spikes(neuron: 0, lane: 0).first)
            // h⁴/384 max|V''''| and 2 h³/81 max|V'''| over the speed: V''' is below 0.08 e/8² and another 0.1/20², and V'''' below
            // an eighth of that.
            let third = 0.08 * 2.72 / 64 + 0.1 / 400
            let bound = order == 4 ? pow(h, 4) / 384 * third / 8 : 2 * pow(h, 3) / 81 * third
            #expect(abs(spike.time - exact.time) <= bound / exact.crossingSpeed)
            #expect(abs(spike.crossingSpeed / exact.crossingSpeed - 1) < 0.01 * pow(h, order - 2))
        }
    }

    @Test("put a spike on the grid at the end of its step")
    func gridConstrained() {
        for (h, error) in zip(
            [0.5, 0.125, 0.0625], Self.spikeErrors("exact-propagator", steps: [0.5, 0.125, 0.0625]))
        {
            #expect(error >= 0 && error < h)
        }
    }

    /// Interpolating a smooth V: fourth order in time for the cubic.
    @Test("locate a spike by a cubic to fourth order")
    func hermite() {
        let steps = [2.0, 1, 0.5, 0.25]
        let errors = Self.spikeErrors("exact-propagator+hermite", steps: steps).map(abs)
        // |δt| ≤ h⁴/384 · max|V''''| / A with V'''' ≈ (I/τ_s³ + …) < 0.002 and A > 0.01.
        for (h, error) in zip(steps, errors) { #expect(error <= pow(h, 4) / 384 * 0.002 / 0.01) }
        #expect(errors[0] > errors[3])
    }

    @Test("locate a spike by a parabola to third order")
    func quadratic() {
        let steps = [2.0, 1, 0.5, 0.25]
        let errors = Self.spikeErrors("exact-propagator+quadratic", steps: steps).map(abs)
        // |δt| ≤ 2/81 h³ max|V'''| / A with V''' < 0.001 over the last steps, and A > 0.01.
        for (h, error) in zip(steps, errors) { #expect(error <= 2 / 81 * pow(h, 3) * 0.001 / 0.01) }
        #expect(errors[0] > errors[3])
    }

    /// The error in time is that of V over the crossing speed A.  V is off by what the scheme has done wrong so far and by
    /// the interpolation, of V's exact values, of slightly wrong ones and of slightly wrong slopes.
    @Test(
        "find the spike of every scheme, within what values and interpolation owe",
        arguments: KnownScheme.integrators())
    func everyScheme(_ name: String) throws {
        let steps = [0.5, 0.125, 0.03125]
        let errors = Self.spikeErrors(name, steps: steps).map(abs)
        let model = NeuronModel(drive: 0.06, noiseStrength: 0)
        // V = 1.2 - e^{-t/20}/3 - 2/3 e^{-t/5} crosses between 13.5 and 15, where the bounds below hold for its
        // derivatives and A is more than 0.0125.
        let interpolation: (Double) -> Double =
            switch name.drop(while: { $0 != "+" }) {
            case "", "+soft-reset": { h in 0.025 * h }
            case "+linear": { h in h * h / 8 * 0.003 }
            case "+quadratic": { h in 2 / 81 * pow(h, 3) * 0.0005 }
            default: { h in pow(h, 4) / 384 * 0.0001 }
            }
        for (h, error) in zip(steps, errors) {
            var (offV, offI) = (0.0, 0.0)
            for duration in stride(from: 12, through: 15, by: h) {
                let moments = try ExactMoments(
                    KnownScheme.of(name).type, model: model, initial: (0.2, 0.1), step: h, duration: duration)
                offV = max(offV, moments.strongV)
                offI = max(offI, moments.strongI)
            }
            let bound = (interpolation(h) + offV + h / 4 * (offI + offV / 20)) / 0.0125
            // The reference's own leaf, and rounding.
            #expect(error <= bound + 2e-9, "h = \(h)")
        }
    }

    /// Without a leak V rises by 0.13 per ms, and a period is 1/0.13 ms and the refractory one, wherever in a step of 4 ms
    /// that begins and ends.
    @Test(
        "go on after a refractory period that ends inside a step",
        arguments: [
            "euler-maruyama+linear", "exact-propagator+linear", "exact-propagator+quadratic",
            "exact-propagator+hermite",
        ])
    func shortRefractoriness(_ name: String) throws {
        let model = NeuronModel(
            membraneTimeConstant: 1e9, drive: 0.13, noiseStrength: 0, refractoryPeriod: 0.5)
        let problem = Problem(model: model, initial: .fixed(voltage: 0, current: 0), duration: 160)
        let simulation = Simulations.coupled(problem, tested: [Simulations.participant(name, h: 4)])
        try simulation.run(firstPath: 0)
        let expected = (0..<19).map { (1 + Double($0)) / 0.13 + 0.5 * Double($0) }
        let found = simulation.tested[0].spikes(neuron: 0, lane: 0).map(\.time)
        #expect(found.count == expected.count)
        for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-5) }
    }

    /// V ≥ V_th fires; rounding may put the root of an interpolant beyond the end of the step.
    @Test("take a V that ends at the threshold for a spike")
    func exactlyAtThreshold() {
        let model = NeuronModel()
        let rules: [any SpikeRule] = [
            GridConstrained(model: model, step: 0.5), LinearInterpolation(model: model, step: 0.5),
            QuadraticInterpolation(model: model, step: 0.5), HermiteInterpolation(model: model, step: 0.5),
        ]
        var random = SplitMix64(seed: 4)
        func uniform(_ range: ClosedRange<Double>) -> Double {
            range.lowerBound + (range.upperBound - range.lowerBound) * Double(random.next() >> 11) * 0x1p-53
        }
        for _ in 0..<1000 {
            let start = (uniform(0.9...0.99), uniform(0...0.2))
            let end = (model.threshold, uniform(0...0.2))
            for rule in rules {
                let fraction = rule.crossing(from: start, to: end)?.fraction
                #expect(fraction != nil && fraction! > 0 && fraction! <= 1, "\(rule) \(start) \(end)")
            }
        }
    }

    @Test("locate a spike of Euler's polygon by a line")
    func linear() {
        let model = NeuronModel()
        let rule = LinearInterpolation(model: model, step: 0.5)
        let crossing = rule.crossing(from: (0.98, 0.03), to: (1.02, 0.03))
        #expect(abs(crossing!.fraction - 0.5) < 1e-12 && abs(crossing!.speed - 0.08) < 1e-12)
        #expect(rule.crossing(from: (0.98, 0.03), to: (0.99, 0.03)) == nil)
    }

    /// V rises above the threshold and is back below it by the end of the step.
    @Test("see a crossing that comes and goes inside a step, by cubic and parabola only")
    func doubleCrossing() {
        let model = NeuronModel(drive: 0)
        let (start, end) = ((0.999, 0.06), (0.999, 0.04))
        #expect(GridConstrained(model: model, step: 1).crossing(from: start, to: end) == nil)
        #expect(LinearInterpolation(model: model, step: 1).crossing(from: start, to: end) == nil)
        // By hand: p(x) = 0.999 + m0 x (1 - x) with m0 = 0.01005.
        let parabola = QuadraticInterpolation(model: model, step: 1).crossing(from: start, to: end)!
        let expected = (1 - (1 - 0.004 / 0.01005).squareRoot()) / 2
        #expect(abs(parabola.fraction - expected) < 1e-13)
        #expect(abs(parabola.speed - 0.01005 * (1 - 2 * expected)) < 1e-13)
        let rule = HermiteInterpolation(model: model, step: 1)
        let crossing = rule.crossing(from: start, to: end)
        // By hand: H(x) = V + x(1-x)[(1-x) m0 - x m1] with m0 = 0.01005, m1 = -0.00995 rises to 0.999 + 0.0025.
        #expect(crossing != nil)
        if let crossing {
            let (m0, m1) = (0.06 - 0.999 / 20, 0.04 - 0.999 / 20)
            let x = crossing.fraction
            #expect(abs(x * (1 - x) * ((1 - x) * m0 - x * m1) - 0.001) < 1e-12)
            #expect(x < 0.5 && crossing.speed > 0)
        }
        let lanes = rule.mayCross(
            from: LaneState(voltage: .init(repeating: 0.999), current: .init(repeating: 0.06)),
            to: LaneState(voltage: .init(repeating: 0.999), current: .init(repeating: 0.04)))
        #expect(lanes[0])
    }

    static func uniform(_ range: ClosedRange<Double>, _ generator: inout SplitMix64) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * Double(generator.next() >> 11) * 0x1p-53
    }

    /// Steps that begin below the threshold, most of them without a crossing.
    @Test("look at every lane with a crossing, and find it inside the step", arguments: rules.map { $0.name })
    func laws(_ name: String) {
        let model = NeuronModel(restingPotential: 0.3, threshold: 1.5, drive: 0.1)
        let step = 0.5
        let rule = Self.rules.first { $0.name == name }!.init(model: model, step: step)
        var generator = SplitMix64(seed: 1)
        func random(_ range: ClosedRange<Double>) -> Lanes {
            var lanes = Lanes.zero
            for lane in 0..<8 { lanes[lane] = Self.uniform(range, &generator) }
            return lanes
        }
        var found = 0
        for _ in 0..<4096 {
            let start = LaneState(voltage: random(1.2...1.4999), current: random(-1...1))
            let end = LaneState(voltage: random(1.2...1.55), current: random(-1...1))
            let suspects = rule.mayCross(from: start, to: end)
            for lane in 0..<8 {
                let crossing = rule.crossing(
                    from: (start.voltage[lane], start.current[lane]),
                    to: (end.voltage[lane], end.current[lane]))
                // Whatever the interpolant, a step that ends above the threshold has crossed it.
                if end.voltage[lane] >= model.threshold { #expect(crossing != nil) }
                guard let crossing else { continue }
                found += 1
                #expect(suspects[lane])
                #expect(crossing.fraction > 0 && crossing.fraction <= 1 && crossing.speed > 0)
            }
        }
        // One in seven ends above.
        #expect(found > 4096 && found < 16384)
    }

    @Test("put a parabola's spike on the parabola, and at the end where rounding has lost it")
    func parabola() {
        let model = NeuronModel(restingPotential: 0.3, threshold: 1.5, drive: 0.1)
        let (rule, step) = (QuadraticInterpolation(model: model, step: 0.5), 0.5)
        var generator = SplitMix64(seed: 2)
        for _ in 0..<4096 {
            let start = (
                voltage: Self.uniform(1.2...1.4999, &generator),
                current: Self.uniform(-1...1, &generator)
            )
            let end = (voltage: Self.uniform(1.2...1.55, &generator), current: 0.0)
            guard let crossing = rule.crossing(from: start, to: end) else { continue }
            let slope = step * model.slope(voltage: start.voltage, current: start.current)
            let x = crossing.fraction
            let curvature = end.voltage - start.voltage - slope
            #expect(
                abs(start.voltage + x * slope + x * x * curvature - model.threshold) < 16 * Double.ulpOfOne)
        }
        let atEnd = rule.crossing(from: (1.4999, 0.3), to: (1.5, 0))
        #expect(atEnd != nil && atEnd!.fraction <= 1)
        // A straight line: no x² to divide by.
        let straight = rule.crossing(from: (1.4, 0.4 - 0.1 + (1.4 - 0.3) / 20), to: (1.6, 0))
        #expect(abs(straight!.fraction - 0.5) < 1e-14 && abs(straight!.speed - 0.4) < 1e-14)
    }

    @Test(
        "fire as often as a strong drive demands",
        arguments: KnownScheme.integrators().filter { $0.contains("+") && !$0.hasSuffix("soft-reset") })
    func manySpikesInOneStep(_ name: String) {
        // 2.5 spikes per step of 1 ms: the period is 20 log(1/(1 - 1/(20 · 2.5))) ≈ 0.404 ms.
        let model = NeuronModel(drive: 2.5, noiseStrength: 0)
        let simulation = Simulations.coupled(
            Problem(model: model, duration: 100), tested: [Simulations.participant(name, h: 1)])
        try! simulation.run(firstPath: 0)
        let exact = simulation.reference.spikes(neuron: 0, lane: 0).count
        #expect(exact == Int(100 / (20 * -log(1 - 1 / 50.0))))
        // Euler's line takes the leak from the start of its step: h/(2 τ_m) = 2.5 % of the rate at most.
        let found = simulation.tested[0].spikes(neuron: 0, lane: 0).count
        #expect(abs(Double(found - exact)) <= 0.025 * Double(exact))
    }
}
