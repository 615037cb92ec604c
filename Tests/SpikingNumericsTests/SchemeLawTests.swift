import Foundation
import SpikingNumerics
import Testing

/// Laws that every integrator of the catalogue must obey where no neuron ever reaches its threshold, so that nothing but
/// its scheme is at work.
@Suite("Schemes between spikes")
struct SchemeLawTests {
    static let model = NeuronModel(threshold: 1e9, drive: 0.03, noiseStrength: 0.05)

    /// Root mean square V error at T and its standard error, for each step.
    static func strongErrors(_ name: String, steps: [Double], model: NeuronModel, groups: Int)
        -> [MeanAndError]
    {
        let problem = Problem(model: model, initial: .fixed(voltage: 0.5, current: 0.1), duration: 32)
        let simulation = Simulations.coupled(
            problem, tested: steps.map { Simulations.participant(name, h: $0) })
        var errors = [MeanAndError](repeating: MeanAndError(), count: steps.count)
        for group in 0..<groups {
            try! simulation.run(firstPath: 8 * group)
            for (k, run) in simulation.tested.enumerated() {
                let difference = run.state(neuron: 0).voltage - simulation.reference.state(neuron: 0).voltage
                for lane in 0..<8 { errors[k].add(difference[lane] * difference[lane]) }
            }
        }
        return errors
    }

    /// The rate is `SchemeMomentTests`' business, which finds the errors at every step without sampling; here a run beside
    /// exact-event on the same path must make just these errors.
    @Test("converge to the exact path", arguments: KnownScheme.schemesAndRulesOnce())
    func strongError(_ name: String) throws {
        let steps = [0.5, 0.25, 0.125, 0.0625]
        let errors = Self.strongErrors(name, steps: steps, model: Self.model, groups: 64)
        let known = KnownScheme.of(name)
        guard known.strongOrderOfV != nil else {
            // Exact between spikes: the rounding of 512 steps of numbers below 1.
            for error in errors { #expect(error.mean.squareRoot() < 512 * Double.ulpOfOne) }
            return
        }
        for (h, error) in zip(steps, errors) {
            let exact = try ExactMoments(
                known.type, model: Self.model, initial: (0.5, 0.1), step: h, duration: 32)
            #expect(abs(error.mean - exact.strongV * exact.strongV) < 4 * error.standardError)
        }
        // V itself is of size 0.7.
        #expect(errors[3].mean.squareRoot() < 0.01)
    }

    @Test("converge without noise, too", arguments: KnownScheme.schemesAndRulesOnce())
    func deterministicOrder(_ name: String) {
        var model = Self.model
        model.noiseStrength = 0
        let errors = Self.strongErrors(name, steps: [0.125, 0.0625], model: model, groups: 1)
        guard let order = KnownScheme.of(name).deterministicOrder else {
            for error in errors { #expect(error.mean.squareRoot() < 512 * Double.ulpOfOne) }
            return
        }
        // The next term is about h/τ_s/2 = 1 % of the first.
        #expect(abs(log(errors[0].mean / errors[1].mean) / 2 / log(2) - order) < 0.03)
    }

    /// The current of every scheme is an autoregression whose variance is known at any h.  8192 samples: four standard
    /// errors of a variance are 6 %, and at h = 2 ms Euler's stationary variance is 25 % above the true one.
    @Test("give the current its exact variance at finite h", arguments: KnownScheme.schemesAndRulesOnce())
    func currentVariance(_ name: String) {
        let h = 2.0
        let problem = Problem(model: Self.model, duration: 16)
        let simulation = Simulations.coupled(problem, tested: [Simulations.participant(name, h: h)], seed: 3)
        var variance = MeanAndError()
        var mean = MeanAndError()
        for group in 0..<1024 {
            try! simulation.run(firstPath: 8 * group)
            let current = simulation.tested[0].state(neuron: 0).current
            for lane in 0..<8 {
                mean.add(current[lane])
                variance.add(current[lane] * current[lane])
            }
        }
        let (known, rate) = (KnownScheme.of(name), 1 / Self.model.synapticTimeConstant)
        let factor = known.currentFactor(h, rate)
        let perStep = Self.model.noiseStrength * Self.model.noiseStrength * known.currentVariance(h, rate)
        let expected = perStep * (1 - pow(factor * factor, 8)) / (1 - factor * factor)
        #expect(abs(variance.mean - expected) < 4 * variance.standardError)
        #expect(abs(mean.mean) < 4 * mean.standardError)
    }

    @Test("are listed with a source for what they claim", arguments: IntegratorCatalogue.names)
    func declared(_ name: String) {
        let integrator = IntegratorCatalogue.integrator(named: name)!
        #expect(integrator.name == name)
        #expect(integrator.declaredOrder.source.contains("doi:"))
    }
}
