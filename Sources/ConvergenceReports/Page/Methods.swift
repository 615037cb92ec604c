import ConvergenceStudies

/// A paragraph on what was done, to be pasted into a paper.
package enum Methods {
    package static func paragraph(_ result: StudyResult) -> String {
        let header = result.header
        let confidence = Numbers.shortest(header.confidence * 100)
        let sentences = [
            "Errors were measured with spikeverify \(header.toolVersion) (study \(header.study), hash \(header.studyHash)), "
                + "which follows X. Dou, F. Chen, K. K. Lin, Z.-C. Xiao (arXiv:2603.10854).",
            "On each of \(Numbers.grouped(header.paths)) independent sample paths (seed \(header.seed)), "
                + "\(integrators(result)) \(steps(result)) were driven by the same Brownian path as \(reference(result)).",
            choices(header),
            "Random numbers came from the counter-based generator Philox4x32-10 (J. K. Salmon et al., 2011, "
                + "doi:10.1145/2063384.2063405).", spikes(result),
            "Intervals have \(confidence) % confidence: Student's t for means, the delta method for roots and ratios, and "
                + "Clopper and Pearson's for probabilities (doi:10.1093/biomet/26.4.404).",
            "Orders of convergence are slopes of log |error| against log h by weighted least squares; their intervals account "
                + "for the covariance of errors at different steps. Levels carried by fewer than "
                + "\(Numbers.shortest(LevelEstimates.leastEffectiveSample)) paths, effectively, were left out.",
        ]
        return sentences.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// What the study file leaves open.
    private static func choices(_ header: Header) -> String {
        guard let choices = header.choices, !choices.isEmpty else { return "" }
        return "The study leaves to the program: " + choices.map(\.sentence).joined(separator: "; ") + "."
    }

    private static func integrators(_ result: StudyResult) -> String {
        let names = result.integrators
        switch names.count {
        case 0: return "no integrator"
        case 1...6: return names.joined(separator: ", ")
        default: return "\(names.count) integrators"
        }
    }

    private static func steps(_ result: StudyResult) -> String {
        let steps = result.steps.map(Numbers.step)
        return steps.isEmpty ? "without a step" : "with steps of \(steps.joined(separator: ", ")) ms"
    }

    private static func reference(_ result: StudyResult) -> String {
        guard let name = result.rows.first?.reference else { return "the reference" }
        return "the reference, \(ReferenceCatalogue.explanation(of: name) ?? name)"
    }

    private static func spikes(_ result: StudyResult) -> String {
        guard result.rows.contains(where: { ["spike-time-rms", "spike-time-bias"].contains($0.measure) })
        else {
            return ""
        }
        return "Spikes were matched by the alignment of least cost of Victor and Purpura (1996, "
            + "doi:10.1152/jn.1996.76.2.1310)."
    }
}
