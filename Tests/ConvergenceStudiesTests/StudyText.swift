/// A small study file that is right, for tests to spoil.
enum StudyText {
    static let valid = """
        study: small
        problem:
          parameters: {tau_m: 20, tau_s: 5, E_L: 0, V_th: 1, V_r: 0, mu: 0.045, sigma: 0.02}
          topology: single
          initial: {V: 0, I: 0}
          duration: 100
        reference: exact-event
        integrators: [euler-maruyama, exact-propagator+hermite]
        steps: [0.5, 0.25]
        measures: [strong-final, {weak: cos-V}, spike-times]
        sampling: {paths: 1024, seed: 1, confidence: 0.95}
        expect: [{measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 0.1}]

        """

    /// The valid study with a part replaced, which must be there.
    static func replacing(_ part: String, with other: String) -> String {
        precondition(valid.contains(part), "nothing to replace")
        return valid.replacing(part, with: other, maxReplacements: 1)
    }
}

/// A text with a mark in it at the place where an error is expected.
struct MarkedText {
    var text: String
    /// Line and column of the mark, counted from 1.
    var place: String

    /// - Parameter marked: The text, with one `▸` before the place.
    init(_ marked: String) {
        let before = marked.prefix { $0 != "▸" }.split(omittingEmptySubsequences: false) { $0.isNewline }
        place = "\(before.count):\(before.last!.unicodeScalars.count + 1)"
        text = marked.replacing("▸", with: "")
    }
}
