import SpikingNumerics

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
    case meanExponential = "mean-exp-V2"
    case meanCurrent = "mean-tanh-I"
    case meanCount = "mean-spike-count"
    case multilevelAlpha = "multilevel-alpha"
    case multilevelBeta = "multilevel-beta"
    case multilevelGamma = "multilevel-gamma"
    case multilevelGain = "multilevel-gain"
    case multilevelCostSlope = "multilevel-cost-slope"

    /// The mean of an observable; nil for one that is not in the catalogue.
    init?(meanOf observable: String) {
        switch observable {
        case "cos-V": self = .meanCosine
        case "exp-V2": self = .meanExponential
        case "tanh-I": self = .meanCurrent
        case "spike-count": self = .meanCount
        case "firing-rate": self = .firingRate
        default: return nil
        }
    }

    /// The measure that finds it; nil where every study does, or a multilevel estimator.
    var measure: String? {
        switch self {
        case .firingRate, .meanCosine: nil
        case .lyapunov: "lyapunov"
        case .spectrum: "lyapunov-spectrum"
        case .crossingTail, .inverseMoment: "crossing-speed-tail"
        case .logarithmicPower: "mean-square-fit"
        case .intervalVariation, .synchrony: "network-statistics"
        case .meanExponential, .meanCurrent, .meanCount, .multilevelAlpha, .multilevelBeta, .multilevelGamma,
            .multilevelGain, .multilevelCostSlope:
            nil
        }
    }

    /// Whether the same of an integrator and the reference are subtracted from each other, path by path.
    package var isCompared: Bool {
        switch self {
        case .intervalVariation, .synchrony: true
        default: false
        }
    }

    /// What to add to a study that does not find it.
    var remedy: String {
        if let measure { return "add \(measure) to `measures`" }
        let observable =
            Observable.all.first { ProcessScalar(meanOf: $0.name) == self }?.name ?? "spike-count"
        let accuracy = self == .multilevelCostSlope ? "[0.01, 0.005]" : "[0.01]"
        return "add estimator: {multilevel: {observable: \(observable), accuracy: \(accuracy)}}"
    }

    /// Empty for a pure number.
    package var unit: String {
        switch self {
        case .firingRate, .lyapunov, .spectrum: "1/ms"
        case .meanCount: "spikes"
        case .meanCosine, .intervalVariation, .synchrony, .crossingTail, .inverseMoment, .logarithmicPower,
            .meanExponential, .meanCurrent, .multilevelAlpha, .multilevelBeta, .multilevelGamma,
            .multilevelGain, .multilevelCostSlope:
            ""
        }
    }
}
