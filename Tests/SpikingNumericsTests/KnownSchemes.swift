import Foundation
import SpikingNumerics

/// What is known of each scheme on the model `current-lif`, beside what it declares.
struct KnownScheme: Sendable {
    var type: any Scheme.Type
    /// Order without noise; nil where there is no error.
    var deterministicOrder: Double?
    /// Whether the current is exact without noise of its own.
    var solvesCurrent = false
    /// Strong orders of V and I: the declared one, unless this model is kinder than additive noise is in general.
    var strongOrderOfV, strongOrderOfI: Double?
    /// One step of the current without noise, I' = factor · I, and the variance that a step adds for σ = 1.
    var currentFactor: @Sendable (_ step: Double, _ synapticRate: Double) -> Double
    var currentVariance: @Sendable (_ step: Double, _ synapticRate: Double) -> Double

    var name: String { type.name }

    var orderOfIWithoutNoise: Double? { solvesCurrent ? nil : deterministicOrder }

    /// For integrators of that scheme, whatever their spike rule.
    static func of(_ integrator: String) -> KnownScheme {
        all.first { $0.name == integrator.prefix { $0 != "+" } }!
    }

    /// The integrators that suit a neuron, by name.
    static func integrators(for model: NeuronModel = NeuronModel()) -> [String] {
        IntegratorCatalogue.integrators.filter { $0.refusal(model) == nil }.map(\.name)
    }

    /// Each scheme with one rule that suits a neuron, and each rule with one scheme: where nothing fires, rules do nothing.
    static func schemesAndRulesOnce(for model: NeuronModel = NeuronModel()) -> [String] {
        integrators(for: model).filter { !$0.contains("+") || $0.hasPrefix(EulerMaruyama.name + "+") }
    }

    static let all: [KnownScheme] = [
        KnownScheme(
            type: EulerMaruyama.self, deterministicOrder: 1, strongOrderOfV: 1, strongOrderOfI: 1,
            currentFactor: { h, rate in 1 - h * rate },
            currentVariance: { h, _ in h }),
        // The current is solved exactly.
        KnownScheme(
            type: ExponentialEuler.self, deterministicOrder: 1, strongOrderOfV: 1, strongOrderOfI: nil,
            currentFactor: { h, rate in exp(-h * rate) },
            currentVariance: { h, rate in -expm1(-2 * h * rate) / (2 * rate) }),
        // The leak is solved exactly, the noise of a step does not leak in it.
        KnownScheme(
            type: LieSplitting.self, deterministicOrder: 1, solvesCurrent: true, strongOrderOfV: 1,
            strongOrderOfI: 1,
            currentFactor: { h, rate in exp(-h * rate) },
            currentVariance: { h, _ in h }),
        // σ (1 - h/2τ) ΔW.
        KnownScheme(
            type: Heun.self, deterministicOrder: 2, strongOrderOfV: 1, strongOrderOfI: 1,
            currentFactor: { h, rate in 1 - h * rate + h * h * rate * rate / 2 },
            currentVariance: { h, rate in h * (1 - h * rate / 2) * (1 - h * rate / 2) }),
        // σ (ΔW - ΔZ/τ), var ΔZ = h³/3, cov(ΔW, ΔZ) = h²/2.  What keeps the strong order at 1.5
        // in general has second derivatives of the drift as factors, and the drift is linear.
        KnownScheme(
            type: SRA1.self, deterministicOrder: 2, strongOrderOfV: 2, strongOrderOfI: 2,
            currentFactor: { h, rate in 1 - h * rate + h * h * rate * rate / 2 },
            currentVariance: { h, rate in h - h * h * rate + h * h * h * rate * rate / 3 }),
        KnownScheme(
            type: WeakTaylor2.self, deterministicOrder: 2, strongOrderOfV: 2, strongOrderOfI: 2,
            currentFactor: { h, rate in 1 - h * rate + h * h * rate * rate / 2 },
            currentVariance: { h, rate in h - h * h * rate + h * h * h * rate * rate / 3 }),
        KnownScheme(
            type: SemiImplicitEuler.self, deterministicOrder: 1, strongOrderOfV: 1, strongOrderOfI: 1,
            currentFactor: { h, rate in 1 / (1 + h * rate) },
            currentVariance: { h, rate in h / ((1 + h * rate) * (1 + h * rate)) }),
        KnownScheme(
            type: ExactPropagator.self, deterministicOrder: nil, strongOrderOfV: nil, strongOrderOfI: nil,
            currentFactor: { h, rate in exp(-h * rate) },
            currentVariance: { h, rate in -expm1(-2 * h * rate) / (2 * rate) }),
        // Euler's in other units.
        KnownScheme(
            type: DiscreteTimeLIF.self, deterministicOrder: 1, strongOrderOfV: 1, strongOrderOfI: 1,
            currentFactor: { h, rate in 1 - h * rate },
            currentVariance: { h, _ in h }),
    ]
}
