/// What the measures are called, what they are measured in, and what they mean.
struct MeasureMeaning {
    var name: String
    /// Unit of the value; empty for a pure number.
    var unit: String
    /// Short enough for an axis.
    var axisLabel: String
    /// One sentence for a reader who has not met the measure.
    var sentence: String
    /// Whether the sign of the value is a finding: a bias.
    var isSigned = false
}

/// The measures' meanings, in the order of a report.
enum Vocabulary {
    static let measures: [MeasureMeaning] = [
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
