import SpikingNumerics

extension Study {
    /// What the errors are measured against.
    public struct Reference: Hashable, Sendable {
        let kind: any ReferenceKind

        init(_ kind: any ReferenceKind) { self.kind = kind }

        /// The true process, every spike located by refining its own noise.
        public static let exactEvent = Reference(ExactEventReference())
        /// The stationary law of one neuron, from the Fokker-Planck equation; without paths, that of Euler and Maruyama's
        /// scheme, too.
        public static let fokkerPlanck = Reference(FokkerPlanckReference())
        /// The stationary rate of a leaky neuron with white noise in V, by Siegert's formula.
        public static let siegert = Reference(SiegertReference())
        /// GSL's adaptive Runge-Kutta method, for neurons without noise.
        public static let rungeKutta = Reference(RungeKuttaReference())

        /// `integrator` on a grid `factor` times finer than the finest step of the study, factor a power of two from 16 on.
        public static func fineGrid(integrator: String, factor: Int) -> Reference {
            Reference(FineGridReference(integrator: integrator, factor: factor))
        }

        /// As results name the integrator of its scalars.
        public var name: String { kind.name }

        public static func == (one: Reference, other: Reference) -> Bool {
            AnyHashable(one.kind) == AnyHashable(other.kind)
        }

        public func hash(into hasher: inout Hasher) { kind.hash(into: &hasher) }
    }
}
