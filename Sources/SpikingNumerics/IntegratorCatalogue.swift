/// Every integrator a study file can name.
public enum IntegratorCatalogue {
    public static let integrators: [any Integrator] = [
        GridIntegrator<EulerMaruyama, GridConstrained>(),
        GridIntegrator<EulerMaruyama, LinearInterpolation>(),
        GridIntegrator<ExactPropagator, GridConstrained>(),
        GridIntegrator<ExactPropagator, HermiteInterpolation>(),
    ]

    public static var names: [String] { integrators.map(\.name) }

    public static func integrator(named name: String) -> (any Integrator)? {
        integrators.first { $0.name == name }
    }
}
