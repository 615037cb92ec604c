/// Every integrator a study file can name.
public enum IntegratorCatalogue {
    public static let names = [
        "euler-maruyama", "euler-maruyama+linear", "exact-propagator", "exact-propagator+hermite",
    ]
}
