import Foundation
import SpikingNumerics
import Testing

/// Orders of convergence found without sampling, from `ExactMoments`.
@Suite("Moments of schemes between spikes")
struct SchemeMomentTests {
    /// One neuron with unequal time constants, one with equal ones and a resting potential, and one with white noise in V.
    static let models = [
        NeuronModel(threshold: 1e9, drive: 0.03, noiseStrength: 0.05),
        NeuronModel(
            membraneTimeConstant: 12, synapticTimeConstant: 12, restingPotential: -2, threshold: 1e9,
            reset: -2,
            drive: 0.1, noiseStrength: 0.2),
        NeuronModel(threshold: 1e9, drive: 0.03, noiseStrength: 0.1, noiseEntry: .voltage),
    ]
    static let steps = [0.25, 0.125, 0.0625, 0.03125, 0.015625]
    static let duration = 32.0

    static func moments(_ scheme: any Scheme.Type, _ model: NeuronModel, steps: [Double] = steps) throws
        -> [ExactMoments]
    {
        try steps.map {
            try ExactMoments(scheme, model: model, initial: (0.5, 0.1), step: $0, duration: duration)
        }
    }

    /// The limit for h → 0 of the slope of log |error| between neighbouring steps, whose terms in h, h² and h³ are removed
    /// by Romberg's scheme; nil where there is no error but rounding.
    static func order(_ errors: [Double]) -> Double? {
        // 2048 steps of numbers of size 1.
        guard errors.contains(where: { abs($0) > 2048 * Double.ulpOfOne }) else { return nil }
        var estimates = zip(errors, errors.dropFirst()).map { log2(abs($0 / $1)) }
        for power in 1...3 {
            let factor = Double(1 << power)
            estimates = zip(estimates, estimates.dropFirst()).map { (factor * $1 - $0) / (factor - 1) }
        }
        return estimates[0]
    }

    /// What is left is of size (1/64)(1/32)(1/16)(1/8)/τ⁴ < 1e-8 times a coefficient: usually 1 to 100, but more where an
    /// error's leading term is small against its next, as in the variance of V under exponential-euler (3e-5).
    static let tolerance = 1e-4

    static func expect(
        _ found: Double?, equals expected: Double?, _ what: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        if let found, let expected {
            #expect(
                abs(found - expected) < tolerance, "\(what) \(found)",
                sourceLocation: sourceLocation)
        } else {
            #expect(found == expected, "\(what)", sourceLocation: sourceLocation)
        }
    }

    @Test("cover every scheme of the catalogue")
    func known() {
        let schemes = IntegratorCatalogue.names.map { String($0.prefix { $0 != "+" }) }
        #expect(Set(schemes) == Set(KnownScheme.all.map(\.name)))
    }

    @Test("come from an affine step", arguments: KnownScheme.all.map(\.name))
    func affine(_ name: String) throws {
        let model = Self.models[1]
        let scheme = KnownScheme.of(name).type.init(model: model, step: 0.5)
        let noise = [0.3, -0.2, 0.7, -1.1]
        let end = try AffineStep.read(off: scheme).end(voltage: -1.7, current: 0.9, noise: noise)
        var state = LaneState(voltage: .init(repeating: -1.7), current: .init(repeating: 0.9))
        let lanes = noise.map { Lanes(repeating: $0) }
        scheme.advance(&state, noise: CellNoise(lanes[0], lanes[1], lanes[2], lanes[3]))
        // A dozen operations on numbers below 4.
        #expect(abs(state.voltage[3] - end.voltage) < 48 * Double.ulpOfOne)
        #expect(abs(state.current[5] - end.current) < 48 * Double.ulpOfOne)
    }

    /// The exact moments are known twice: as what the recursion has reached after 2048 steps, and from one cell of length T.
    @Test("of the exact solution are those of one long cell", arguments: models)
    func exactVariances(_ model: NeuronModel) throws {
        let found = try Self.moments(ExactPropagator.self, model).last!
        let factor = try LinearFunctionals(model).choleskyFactor(Self.duration)
        let strength = model.noiseStrength * model.noiseStrength
        let varianceOfI = strength * factor[0, 0] * factor[0, 0]
        let varianceOfV =
            model.noiseEntry == .voltage
            ? varianceOfI : strength * (factor[1, 0] * factor[1, 0] + factor[1, 1] * factor[1, 1])
        guard model.noiseEntry == .current else {
            let rate = 1 / model.membraneTimeConstant
            #expect(
                abs(varianceOfV / (strength * -expm1(-2 * Self.duration * rate) / (2 * rate)) - 1) < 1e-13)
            #expect(found.varianceOfI == 0)
            #expect(abs(found.varianceOfV / varianceOfV - 1) < 4 * 2048 * Double.ulpOfOne)
            return
        }
        let rate = 1 / model.synapticTimeConstant
        #expect(abs(varianceOfI / (strength * -expm1(-2 * Self.duration * rate) / (2 * rate)) - 1) < 1e-13)
        // Each of 2048 steps rounds a few times.
        #expect(abs(found.varianceOfI / varianceOfI - 1) < 4 * 2048 * Double.ulpOfOne)
        #expect(abs(found.varianceOfV / varianceOfV - 1) < 4 * 2048 * Double.ulpOfOne)
    }

    @Test("give the strong orders of V and I", arguments: KnownScheme.all.map(\.name), models)
    func strongOrders(_ name: String, _ model: NeuronModel) throws {
        let known = KnownScheme.of(name)
        let moments = try Self.moments(known.type, model)
        Self.expect(Self.order(moments.map(\.strongV)), equals: known.strongOrderOfV, "V")
        // Without noise of its own, I has the errors it has without any.
        let orderOfI =
            model.noiseEntry == .current || known.strongOrderOfI == nil
            ? known.strongOrderOfI : known.orderOfIWithoutNoise
        Self.expect(Self.order(moments.map(\.strongI)), equals: orderOfI, "I")
        // Never less than what the source proves for additive noise in general.
        if let declared = known.type.declaredOrder.strong {
            #expect(known.strongOrderOfV! >= declared && known.strongOrderOfI ?? .infinity >= declared)
        } else {
            #expect(known.strongOrderOfV == nil && known.strongOrderOfI == nil)
        }
    }

    @Test("give the declared weak order", arguments: KnownScheme.all.map(\.name), models)
    func weakOrder(_ name: String, _ model: NeuronModel) throws {
        let known = KnownScheme.of(name)
        let moments = try Self.moments(known.type, model)
        let biases: [(name: String, values: [Double])] = [
            ("mean of V", moments.map(\.biasOfMeanV)),
            ("mean of I", moments.map(\.biasOfMeanI)),
            ("variance of V", moments.map(\.biasOfVarianceOfV)),
            ("variance of I", moments.map(\.biasOfVarianceOfI)),
            ("covariance", moments.map(\.biasOfCovariance)),
        ]
        var lowest: Double?
        for (what, values) in biases {
            guard let order = Self.order(values) else { continue }
            // On this model no moment converges faster than declared, except those without any error.
            Self.expect(order, equals: known.type.declaredOrder.weak, what)
            lowest = min(lowest ?? order, order)
        }
        Self.expect(lowest, equals: known.type.declaredOrder.weak, "weakest")
    }

    @Test("have the declared order without noise", arguments: KnownScheme.all.map(\.name), models)
    func deterministicOrder(_ name: String, _ model: NeuronModel) throws {
        var model = model
        model.noiseStrength = 0
        let known = KnownScheme.of(name)
        let moments = try Self.moments(known.type, model)
        Self.expect(Self.order(moments.map(\.biasOfMeanV)), equals: known.deterministicOrder, "V")
    }

    /// For a linear drift, both are the Taylor scheme of order 2.
    @Test("of sra1 and weak-taylor-2 come from the same step", arguments: models)
    func sameStep(_ model: NeuronModel) throws {
        let stages = try AffineStep.read(off: SRA1(model: model, step: 0.5))
        let taylor = try AffineStep.read(off: WeakTaylor2(model: model, step: 0.5))
        for (a, b) in [
            (stages.transition, taylor.transition), (stages.offset, taylor.offset),
            (stages.noise, taylor.noise),
        ] {
            for (x, y) in zip(a.entries, b.entries) { #expect(abs(x - y) < 8 * Double.ulpOfOne) }
        }
    }

    /// A jump inside a step is answered by a step of the scheme of the length that is left.
    @Test("use steps that events inside a step agree with", arguments: KnownScheme.all.map(\.name), models)
    func responses(_ name: String, _ model: NeuronModel) throws {
        let type = KnownScheme.of(name).type
        let scheme = type.init(model: model, step: 1)
        #expect(scheme.voltageDecay(after: 0) == 1)
        #expect(scheme.synapticResponse(after: 0) == (0, 1))
        for elapsed in [0x1p-20, 0.1, 0.5, 1] {
            let step = try AffineStep.read(off: type.init(model: model, step: elapsed))
            let response = scheme.synapticResponse(after: elapsed)
            // A few operations on numbers below 1, and 2 for the offset taken away.
            let tolerance = 8 * Double.ulpOfOne
            #expect(abs(scheme.voltageDecay(after: elapsed) - step.transition[0, 0]) < tolerance)
            #expect(abs(response.voltage - step.transition[0, 1]) < tolerance)
            #expect(abs(response.current - step.transition[1, 1]) < tolerance)
            // What is left of E_L, and what μ does in a step.
            let rest = (1 - scheme.voltageDecay(after: elapsed)) * model.restingPotential
            let drive = scheme.driveResponse(model, after: elapsed)
            #expect(
                abs(step.offset[0, 0] - rest - drive * model.drive)
                    < tolerance * model.membraneTimeConstant)
        }
    }
}
