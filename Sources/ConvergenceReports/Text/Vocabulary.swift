import ConvergenceStudies
import SpikingNumerics

/// What a property of a single process is.
package struct ScalarMeaning {
    package var name: String
    package var sentence: String
}

/// The meanings of measures and scalars, in the order of a report.
package enum Vocabulary {
    package static let measures: [MeasureDescriptor] = {
        let all =
            MeasureCatalogue.families.flatMap(\.measures).map(\.descriptor)
            + [MultilevelOutcome.meanDescriptor, MultilevelOutcome.varianceDescriptor]
        var names: Set<String> = []
        return all.filter { names.insert($0.name).inserted }
    }()

    /// The meanings of what is found of a single process.
    package static let scalars: [ScalarMeaning] = [
        ScalarMeaning(
            name: "firing-rate",
            sentence: "Spikes per neuron and millisecond."),
        ScalarMeaning(
            name: "lyapunov-V",
            sentence:
                "Exponential rate, per millisecond, at which a small difference of V between two solutions on "
                + "the same noise grows or, where negative, fades. By saltation: the leak plus the mean logarithm "
                + "of the factor by which each spike stretches the difference. By twin: from two trajectories that "
                + "start a little apart. The two methods agree only where a spike's time depends smoothly on V. A reset "
                + "constrained to the grid erases a difference smaller than h times the crossing speed: both twins fire in "
                + "one step and restart from the same V. Twins 10⁻⁴ of the reset height apart then see this degenerate "
                + "tangent map, whose exponent tends to −1/τ_s, the decay of what is left in I, while the saltation "
                + "factors along the same path give the physical exponent."),
        ScalarMeaning(
            name: "mean-cos-V",
            sentence: "Mean of cos V."),
        ScalarMeaning(
            name: "interval-cv",
            sentence:
                "Coefficient of variation of the interspike intervals: their standard deviation over their mean, 0 for "
                + "a clock and 1 for a Poisson process, averaged over neurons. Found from the rate and from how long one "
                + "waits for a spike, so that no interval is lost for being cut off by the window; in stationary windows of "
                + "three mean intervals or more its bias is a few per cent at the most."),
        ScalarMeaning(
            name: "synchrony",
            sentence:
                "Probability that a neuron fires within 1 ms of another's spike, averaged over spikes and pairs of "
                + "neurons. Independent Poisson neurons of rate ν have 1 − exp(−2ν · 1 ms)."),
        ScalarMeaning(
            name: "lyapunov-spectrum[1]",
            sentence:
                "The largest Lyapunov exponent of the whole network, per millisecond: negative where all solutions on one "
                + "noise come together. By QR: orthonormal differences carried along the path, through spikes and "
                + "arrivals; by twin: from two solutions. All exponents are in result.json."),
        ScalarMeaning(
            name: "crossing-speed-tail",
            sentence:
                "The exponent γ of P(A < α) ∝ α^γ for slow crossings, by maximum likelihood from the speeds A below an "
                + "eighth of (V_th − V_r)/τ_m. Bounds of the theory have 2; the sharp law is 5/2."),
        ScalarMeaning(
            name: "inverse-moment-growth",
            sentence:
                "The exponent q with which an octave of speeds below α contributes to E[A⁻²]: ∝ α^q. At 0 the truncated "
                + "moment E[A⁻² 1{A ≥ α}] grows like log(1/α); where q is positive it converges, as with the sharp law's 1/2."
        ),
        ScalarMeaning(
            name: "mean-square-log-power",
            sentence:
                "The power p of the fit C h (log(τ_m/h))^p to the mean square error of V at T: 0 where it is proportional to h."
        ),
        ScalarMeaning(name: "mean-exp-V2", sentence: "Mean of exp(−V²) at T."),
        ScalarMeaning(name: "mean-tanh-I", sentence: "Mean of tanh I at T."),
        ScalarMeaning(name: "mean-spike-count", sentence: "Mean number of spikes per neuron until T."),
        ScalarMeaning(
            name: "multilevel-alpha",
            sentence:
                "α of |mean| ∝ h^α of the differences between one level and the next, h being the coarser step."
        ),
        ScalarMeaning(
            name: "multilevel-beta",
            sentence:
                "β of variance ∝ h^β of the same differences. Where β is above γ, coarse levels cost most; where it is "
                + "below, fine ones do."),
        ScalarMeaning(
            name: "multilevel-gamma",
            sentence:
                "γ of cost ∝ h^−γ of one path of a level, in work units: cells of noise drawn, and steps taken."
        ),
        ScalarMeaning(
            name: "multilevel-gain",
            sentence:
                "How many times the work of the multilevel estimator plain Monte Carlo with the reference would have taken "
                + "for the same standard error."),
        ScalarMeaning(
            name: "multilevel-cost-slope",
            sentence:
                "Slope of log(cost · ε²) against log ε, the standard error asked for: 0 where ten times the accuracy costs a "
                + "hundred times as much."),
    ]

    /// The meaning of a measure; an unknown one is shown under its own name.
    static func meaning(of measure: String, observable: String = "") -> MeasureDescriptor {
        MeasureCatalogue.measure(row: measure, observable: observable)?.descriptor
            ?? measures.first { $0.name == measure }
            ?? MeasureDescriptor(
                name: measure, summary: "", unit: "", axisLabel: measure, sentence: "", size: .one)
    }

    /// What a weak error's observable is, as a formula.
    static func formula(ofObservable observable: String) -> String {
        Observable.all.first { $0.name == observable }?.formula ?? observable
    }

    /// What is plotted against h, with its unit in parentheses.
    package static func axisLabel(measure: String, observable: String) -> String {
        let meaning = meaning(of: measure, observable: observable)
        return meaning.unit.isEmpty ? meaning.axisLabel : "\(meaning.axisLabel) (\(meaning.unit))"
    }

    /// `weak cos-V`, `strong-final`.
    static func title(measure: String, observable: String) -> String {
        observable.isEmpty ? measure : "\(measure) \(observable)"
    }
}
