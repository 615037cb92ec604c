/// What the measures are called, what they are measured in, and what they mean.
package struct MeasureMeaning {
    package var name: String
    /// Unit of the value; empty for a pure number.
    package var unit: String
    /// Short enough for an axis.
    package var axisLabel: String
    /// One sentence for a reader who has not met the measure.
    package var sentence: String
    /// Whether the sign of the value is a finding: a bias.
    var isSigned = false
}

/// What a property of a single process is.
package struct ScalarMeaning {
    package var name: String
    package var sentence: String
}

/// The meanings of measures and scalars, in the order of a report.
package enum Vocabulary {
    package static let measures: [MeasureMeaning] = [
        MeasureMeaning(
            name: "strong-final", unit: "V-units", axisLabel: "RMS error of V at T",
            sentence:
                "Root of the mean, over paths and neurons, of the squared error of V at the final time T, "
                + "tested and reference solution driven by the same noise."),
        MeasureMeaning(
            name: "strong-mean", unit: "V-units", axisLabel: "time-averaged RMS error",
            sentence:
                "The same error of V, its square averaged over the whole time interval instead of taken at T."
        ),
        MeasureMeaning(
            name: "strong-time-averaged", unit: "V-units", axisLabel: "RMS error of V over T/2 … T",
            sentence:
                "Root mean square error of V at a time drawn uniformly from the second half, averaged over that time along "
                + "every path: the mean of strong-final over such times T, with a fraction of its variance."),
        MeasureMeaning(
            name: "strong-jump-aware", unit: "V-units", axisLabel: "jump-aware RMS error",
            sentence:
                "Root mean square of d(v, v′) = min(|v − v′|, D − |v − v′|), where D is the distance from reset "
                + "to threshold: both count as the same point, so a spike that comes one step late is a small "
                + "error, not one of size D."),
        MeasureMeaning(
            name: "weak", unit: "", axisLabel: "|bias|",
            sentence:
                "Signed bias E φ(Xʰ) − E φ(X) of an observable φ at T, from differences on the same noise; "
                + "its sign is part of the finding.",
            isSigned: true),
        MeasureMeaning(
            name: "count-mismatch", unit: "", axisLabel: "P(wrong spike count)",
            sentence:
                "Probability that at least one neuron fires another number of spikes than in the reference."),
        MeasureMeaning(
            name: "count-mismatch-time-averaged", unit: "", axisLabel: "P(wrong spike count) over T/2 … T",
            sentence:
                "Part of the second half of the time during which at least one neuron's spike count differs: the mean of "
                + "count-mismatch over such times T, with a fraction of its variance."),
        MeasureMeaning(
            name: "spike-time-rms", unit: "ms", axisLabel: "RMS spike-time error",
            sentence:
                "Root mean square of the time error δt of spikes that were matched to a reference spike; "
                + "spikes are matched by time, not by number."),
        MeasureMeaning(
            name: "spike-time-bias", unit: "ms", axisLabel: "|mean spike-time error|",
            sentence: "Mean time error of matched spikes; positive where the integrator fires late.",
            isSigned: true),
        MeasureMeaning(
            name: "missed-spikes", unit: "", axisLabel: "missed spikes per neuron",
            sentence: "Reference spikes, per neuron and path, that no spike of the integrator matches."),
        MeasureMeaning(
            name: "extra-spikes", unit: "", axisLabel: "extra spikes per neuron",
            sentence: "Spikes of the integrator, per neuron and path, that match no reference spike."),
        MeasureMeaning(
            name: "victor-purpura", unit: "", axisLabel: "Victor-Purpura distance",
            sentence:
                "Least cost of turning the integrator's spike train into the reference's: 1 for each spike added or "
                + "removed, 8|δt|/τ_m for each one moved by δt. Mean over neurons and paths."),
        MeasureMeaning(
            name: "van-rossum", unit: "", axisLabel: "van Rossum distance",
            sentence:
                "L² distance of the two spike trains once every spike has become an exponential of time constant "
                + "τ_m/4; one spike more or less is a distance of 1. It grows with the root of a small displacement. "
                + "Mean over neurons and paths."),
        MeasureMeaning(
            name: "isi-distance", unit: "", axisLabel: "ISI-distance",
            sentence:
                "Time average of |ν₁ − ν₂| / max(ν₁, ν₂), ν being the interspike interval each train is in. "
                + "Mean over neurons and paths."),
        MeasureMeaning(
            name: "spike-distance", unit: "", axisLabel: "SPIKE-distance",
            sentence:
                "Time average of how far the spikes around each time are from the nearest spikes of the other train, "
                + "in units of the local interspike interval. Mean over neurons and paths."),
        MeasureMeaning(
            name: "spike-synchronization", unit: "", axisLabel: "1 − SPIKE-synchronization",
            sentence:
                "Fraction of spikes that have no partner in the other train nearer than half the shortest interval "
                + "around: 1 minus SPIKE-synchronization. Mean over neurons and paths."),
        MeasureMeaning(
            name: "coincidence-factor", unit: "", axisLabel: "1 − coincidence factor",
            sentence:
                "1 − Γ, where Γ counts coincidences within Δ = τ_m/40 and is rescaled to 1 for perfect agreement and 0 "
                + "for chance. Mean over neurons and paths; a neuron is left out of a path on which its reference "
                + "fires so fast that windows of ±Δ would cover all of the time."),
        MeasureMeaning(
            name: "synchrony-bias", unit: "", axisLabel: "|bias of synchronous spikes|",
            sentence:
                "Signed bias of the number of a neuron's spikes that another neuron's accompany within 1 ms, averaged over "
                + "the others. Spikes on the grid are rounded in time, which makes more of them seem to come together.",
            isSigned: true),
        MeasureMeaning(
            name: "good-set-probability", unit: "", axisLabel: "P(good set)",
            sentence:
                "Probability of the good set: paths on which every spike has its partner in the other solution and "
                + "crosses the threshold at a speed of at least α(h) = (V_th − V_r)/τ_m · (h/ms)ᵏ, with k as named."
        ),
        MeasureMeaning(
            name: "bad-set-probability", unit: "", axisLabel: "P(bad set)",
            sentence:
                "Probability that a path is not in the good set: a spike without a partner, or one that crosses more "
                + "slowly than α(h)."),
        MeasureMeaning(
            name: "bad-set-share", unit: "", axisLabel: "share of bad set",
            sentence:
                "Share of the mean square error of V at T that comes from paths outside the good set; where it is near 1, "
                + "the error is that of rare events, not of the scheme between spikes."),
        MeasureMeaning(
            name: "good-set-scaled-error", unit: "V-units", axisLabel: "RMS of A δt on good set",
            sentence:
                "Root mean square, over the spikes of the good set, of crossing speed times time error: by how much V was "
                + "off when the spike came."),
        MeasureMeaning(
            name: "multilevel-mean", unit: "", axisLabel: "|mean of difference|",
            sentence:
                "Mean of the difference that replaces step h by the next finer one, or the finest step by the reference: the "
                + "correction that a level of the multilevel estimator adds.",
            isSigned: true),
        MeasureMeaning(
            name: "multilevel-variance", unit: "", axisLabel: "variance of difference",
            sentence:
                "Variance, on one path, of the same difference: the smaller it is, the fewer paths a level of the multilevel "
                + "estimator takes."),
    ]

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

    /// The meaning of `measure`; an unknown one is shown under its own name.
    static func meaning(of measure: String) -> MeasureMeaning {
        measures.first { $0.name == measure }
            ?? MeasureMeaning(name: measure, unit: "", axisLabel: measure, sentence: "")
    }

    /// What a weak error's observable is, as a formula.
    static func formula(ofObservable observable: String) -> String {
        switch observable {
        case "cos-V": "cos V"
        case "exp-V2": "exp(−V²)"
        case "tanh-I": "tanh I"
        case "spike-count": "spikes per neuron"
        case "firing-rate": "spikes per neuron and ms"
        default: observable
        }
    }

    /// What is plotted against h, with its unit in parentheses.
    static func axisLabel(measure: String, observable: String) -> String {
        let meaning = meaning(of: measure)
        if measure == "weak" { return "|bias| of \(formula(ofObservable: observable))" }
        return meaning.unit.isEmpty ? meaning.axisLabel : "\(meaning.axisLabel) (\(meaning.unit))"
    }

    /// `weak cos-V`, `strong-final`.
    static func title(measure: String, observable: String) -> String {
        observable.isEmpty ? measure : "\(measure) \(observable)"
    }
}
