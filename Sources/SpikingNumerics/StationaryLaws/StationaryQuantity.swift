#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension FokkerPlanck {
    /// What a stationary law can be asked for.
    public struct Quantity: Sendable {
        let value: @Sendable (StationaryDensity) -> Double

        /// Spikes per ms.
        public static let firingRate = Quantity { $0.firingRate }

        /// λ_V in 1/ms.
        public static let lyapunovExponent = Quantity { $0.lyapunovExponent }

        /// E A of a spike, in V-units/ms.
        public static let meanCrossingSpeed = Quantity { density in
            density.fluxMean { $0 } / density.firingRate
        }

        /// E f(V).
        public static func mean(ofVoltage f: @escaping @Sendable (Double) -> Double) -> Quantity {
            Quantity { $0.mean(ofVoltage: f) }
        }

        /// E f(I).
        public static func mean(ofCurrent f: @escaping @Sendable (Double) -> Double) -> Quantity {
            Quantity { $0.mean(ofCurrent: f) }
        }

        /// The observables of weak errors that a stationary law has, by their names.
        public static let observables: [String: Quantity] = [
            "firing-rate": .firingRate,
            "cos-V": .mean(ofVoltage: { cos($0) }),
            "exp-V2": .mean(ofVoltage: { exp(-$0 * $0) }),
        ]
    }
}
