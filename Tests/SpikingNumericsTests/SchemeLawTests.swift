import Foundation
import SpikingNumerics
import Testing

/// Laws that every integrator of the catalogue must obey where no neuron ever reaches its threshold, so that nothing but
/// its scheme is at work.
@Suite("Schemes between spikes")
struct SchemeLawTests {
    static let model = CurrentLIF(threshold: 1e9, drive: 0.03, noiseStrength: 0.05)

    /// Root mean square V error at T and its standard error, for each step.
    static func strongErrors(_ name: String, steps: [Double], model: CurrentLIF, groups: Int)
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

    /// What a scheme does on this linear equation.
    struct Law {
        /// The declared strong order, but for `sra1` and `weak-taylor-2`, whose first neglected term is smaller here (see
        /// SchemeMomentTests); nil for the exact propagator.
        var strongOrder: Double?
        var deterministicOrder: Double?
        /// The current as an autoregression with step h = 2 ms and unit noise strength: factor and variance per step.
        var current: (factor: Double, variance: Double)
    }

    static func law(_ name: String) -> Law {
        let z = 2.0 / 5
        let taylor = (1 - z + z * z / 2, 2 * (1 - z + z * z / 3))
        return switch name.split(separator: "+")[0] {
        case "euler-maruyama": Law(strongOrder: 1, deterministicOrder: 1, current: (1 - z, 2))
        case "exponential-euler": Law(strongOrder: 1, deterministicOrder: 1, current: (exp(-z), 2))
        case "semi-implicit-euler":
            Law(strongOrder: 1, deterministicOrder: 1, current: (1 / (1 + z), 2 / (1 + z) / (1 + z)))
        case "heun":
            Law(strongOrder: 1, deterministicOrder: 2, current: (taylor.0, 2 * (1 - z / 2) * (1 - z / 2)))
        case "sra1", "weak-taylor-2": Law(strongOrder: 2, deterministicOrder: 2, current: taylor)
        default:
            Law(strongOrder: nil, deterministicOrder: nil, current: (exp(-z), 2.5 * (1 - exp(-2 * z))))
        }
    }

    @Test("converge to the exact path, at their strong order", arguments: IntegratorCatalogue.names)
    func strongOrder(_ name: String) {
        let steps = [0.5, 0.25, 0.125, 0.0625]
        let errors = Self.strongErrors(name, steps: steps, model: Self.model, groups: 64)
        guard let order = Self.law(name).strongOrder else {
            // Exact between spikes: the rounding of 512 steps of numbers below 1.
            for error in errors { #expect(error.mean.squareRoot() < 512 * Double.ulpOfOne) }
            return
        }
        // Limit: the error over the whole range falls by far more than chance; V itself is of size 0.7.
        #expect(errors[3].mean.squareRoot() < 0.01)
        // Rate: 512 paths give a root mean square to 1/√1024 = 3 %, and paths are shared; the curvature of the first
        // order's next term, h/τ_s/2 = 5 % at the coarsest step, goes the same way in both.  Five standard errors of a
        // slope over a factor of 8: 5 · 0.045/ln 8 = 0.11.
        let slope = log(errors[0].mean / errors[3].mean) / 2 / log(8)
        #expect(abs(slope - order) < 0.11, "\(slope)")
    }

    @Test("converge without noise, too", arguments: IntegratorCatalogue.names)
    func deterministicOrder(_ name: String) {
        var model = Self.model
        model.noiseStrength = 0
        let errors = Self.strongErrors(name, steps: [0.125, 0.0625], model: model, groups: 1)
        guard let order = Self.law(name).deterministicOrder else {
            for error in errors { #expect(error.mean.squareRoot() < 512 * Double.ulpOfOne) }
            return
        }
        // The next term is about h/τ_s/2 = 1 % of the first.
        #expect(abs(log(errors[0].mean / errors[1].mean) / 2 / log(2) - order) < 0.03)
    }

    /// Under every scheme the current is an autoregression whose variance is known at any h.  8192 samples: four standard
    /// errors of a variance are 6 %, and at h = 2 ms Euler's stationary variance is 25 % above the true one.
    @Test("give the current its exact variance at finite h", arguments: IntegratorCatalogue.names)
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
        let sigma = Self.model.noiseStrength
        let (factor, perStep) = Self.law(name).current
        let expected = sigma * sigma * perStep * (1 - pow(factor, 16)) / (1 - factor * factor)
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
