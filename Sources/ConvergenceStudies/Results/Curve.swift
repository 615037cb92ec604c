/// A figure's worth of numbers that belong to no row: one quantity against another.
public struct Curve: Codable, Equatable, Sendable {
    /// `flux-density`: spikes per ms and unit of A against A.  `crossing-speed-tail`: the exponent γ of P(A < α) against
    /// α.  `inverse-moment`: E[A⁻² 1{A ≥ α}] against α.  `lyapunov-spectrum[k]`: an exponent in 1/ms against the time
    /// averaged over in ms.  `twin-size`: the exponent of twins in 1/ms against their distance in V-units.
    /// `multilevel-cost`, `multilevel-cost-plain` (the reference alone), `multilevel-cost-finest` (the integrator alone at its
    /// finest step): work units times ε² against the standard error ε.
    public var name: String
    public var integrator: String
    /// Nil where there is no step.
    public var h: Double?
    public var x: [Double]
    public var y: [Double]
    /// Of y; empty where it has none.
    public var standardErrors: [Double]

    static let fluxDensity = "flux-density"

    public init(
        name: String, integrator: String, h: Double?, x: [Double], y: [Double], standardErrors: [Double] = []
    ) {
        self.name = name
        self.integrator = integrator
        self.h = h
        self.x = x
        self.y = y
        self.standardErrors = standardErrors
    }

    enum CodingKeys: String, CodingKey {
        case name, integrator, h, x, y
        case standardErrors = "std_errors"
    }
}
