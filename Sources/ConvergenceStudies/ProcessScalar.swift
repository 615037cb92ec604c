/// What a study can find of a single process, as opposed to the error of one against another.
package enum ProcessScalar: String, CaseIterable, Sendable {
    case firingRate = "firing-rate"
    case meanCosine = "mean-cos-V"
    case lyapunov = "lyapunov-V"
    case intervalVariation = "interval-cv"
    case synchrony
    /// The largest of them; the others have its name with other numbers.
    case spectrum = "lyapunov-spectrum[1]"
    case crossingTail = "crossing-speed-tail"
    case inverseMoment = "inverse-moment-growth"
    case logarithmicPower = "mean-square-log-power"

    /// The measure that finds it; nil where every study does.
    var measure: String? {
        switch self {
        case .firingRate, .meanCosine: nil
        case .lyapunov: "lyapunov"
        case .spectrum: "lyapunov-spectrum"
        case .crossingTail, .inverseMoment: "crossing-speed-tail"
        case .logarithmicPower: "mean-square-fit"
        case .intervalVariation, .synchrony: "network-statistics"
        }
    }

    /// Empty for a pure number.
    package var unit: String {
        switch self {
        case .firingRate, .lyapunov, .spectrum: "1/ms"
        case .meanCosine, .intervalVariation, .synchrony, .crossingTail, .inverseMoment, .logarithmicPower: ""
        }
    }
}
