/// What a study can find of a single process, as opposed to the error of one against another.
package enum ProcessScalar: String, CaseIterable, Sendable {
    case firingRate = "firing-rate"
    case meanCosine = "mean-cos-V"
    case lyapunov = "lyapunov-V"
    case intervalVariation = "interval-cv"
    case synchrony

    /// Empty for a pure number.
    package var unit: String {
        switch self {
        case .firingRate, .lyapunov: "1/ms"
        case .meanCosine, .intervalVariation, .synchrony: ""
        }
    }
}
