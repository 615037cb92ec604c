/// What is sampled of the Brownian motion in a cell: no more than the integrators of a simulation ask for, since noise is most
/// of the cost.
///
/// Richer content is drawn by other splits from the same generator, so a path depends on it; it does not depend on which
/// steps are taken.
public enum NoiseContent: Sendable {
    /// ΔW alone.
    case increments
    /// ΔW and ΔZ = ∫ (h-s) dW_s.
    case integrals
    /// The first three ``LinearFunctionals`` of the neuron: the noise in I and in V, which exact propagation takes, and what
    /// makes ΔW of them.
    case propagation
    /// All four, which make ΔZ, too.
    case functionals

    /// What integrators together take.
    public init(of integrators: [any Integrator]) {
        self = integrators.reduce(.increments) { $0.union($1.noise) }
    }

    /// The least that has what either has.
    public func union(_ other: NoiseContent) -> NoiseContent {
        if self == other || other == .increments { return self }
        return self == .increments ? other : .functionals
    }

    public func contains(_ other: NoiseContent) -> Bool { union(other) == self }

    /// How many functionals a cell has.
    @inlinable @inline(__always)
    var functionalCount: Int {
        switch self {
        case .increments: 1
        case .integrals: 2
        case .propagation: 3
        case .functionals: 4
        }
    }

    /// The functionals that a tree carries: ΔW and ΔZ are those with rates 0.
    func functionals(of model: NeuronModel) -> LinearFunctionals {
        switch self {
        case .increments: LinearFunctionals(rates: [0])
        case .integrals: LinearFunctionals(rates: [0, 0])
        case .propagation: LinearFunctionals(rates: Array(LinearFunctionals(model).rates.prefix(3)))
        case .functionals: LinearFunctionals(model)
        }
    }
}
