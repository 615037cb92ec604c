/// Every integrator a study file can name: each scheme with each spike rule.
public enum IntegratorCatalogue {
    public static let integrators: [any Integrator] = [
        withEveryRule(EulerMaruyama.self) + withDice(EulerMaruyama.self),
        withEveryRule(ExponentialEuler.self),
        withEveryRule(LieSplitting.self),
        withEveryRule(Heun.self),
        withEveryRule(SRA1.self),
        withEveryRule(WeakTaylor2.self),
        withEveryRule(SemiImplicitEuler.self),
        withEveryRule(ExactPropagator.self) + withDice(ExactPropagator.self),
        [
            GridIntegrator<DiscreteTimeLIF, GridConstrained>(), GridIntegrator<DiscreteTimeLIF, SoftReset>(),
        ],
    ].flatMap { $0 }

    @inline(__always)
    private static func withEveryRule<Step: Scheme>(_: Step.Type) -> [any Integrator] {
        [
            GridIntegrator<Step, GridConstrained>(),
            GridIntegrator<Step, LinearInterpolation>(),
            GridIntegrator<Step, QuadraticInterpolation>(),
            GridIntegrator<Step, HermiteInterpolation>(),
            GridIntegrator<Step, BoundaryCorrected>(),
            GridIntegrator<Step, BridgeCrossing>(),
            GridIntegrator<Step, SoftReset>(),
        ]
    }

    /// Rules for white noise in V, which have a place where V is found with an error smaller than theirs, or most used.
    @inline(__always)
    private static func withDice<Step: Scheme>(_: Step.Type) -> [any Integrator] {
        [GridIntegrator<Step, BridgeCoin>(), GridIntegrator<Step, BridgeHitting>()]
    }

    public static var names: [String] { integrators.map(\.name) }

    public static func integrator(named name: String) -> (any Integrator)? {
        integrators.first { $0.name == name }
    }
}
