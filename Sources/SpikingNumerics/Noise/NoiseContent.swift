/// What is sampled of the Brownian motion in a cell: no more than the integrators of a simulation ask for, since noise is most
/// of the cost.
///
/// Richer content is drawn by other splits from the same generator, so a path depends on it; it does not depend on which
/// steps are taken.
public enum NoiseContent: Int, Comparable, Sendable {
    /// ΔW alone.
    case increments
    /// ΔW and ΔZ = ∫ (h-s) dW_s.
    case integrals
    /// The four ``LinearFunctionals`` of the neuron, which exact propagation takes.
    case functionals

    public static func < (a: NoiseContent, b: NoiseContent) -> Bool { a.rawValue < b.rawValue }

    /// How many functionals a cell has.
    @inlinable @inline(__always)
    var functionalCount: Int {
        switch self {
        case .increments: 1
        case .integrals: 2
        case .functionals: 4
        }
    }

    /// The functionals that a tree carries: ΔW and ΔZ are those with rates 0.
    func functionals(of model: NeuronModel) -> LinearFunctionals {
        switch self {
        case .increments: LinearFunctionals(rates: [0])
        case .integrals: LinearFunctionals(rates: [0, 0])
        case .functionals: LinearFunctionals(model)
        }
    }
}
