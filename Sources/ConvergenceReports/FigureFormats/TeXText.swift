import ConvergenceStudies

/// Text as LaTeX with inputenc and fontenc sets it.
enum TeXText {
    private static let replacements: [Unicode.Scalar: String] = [
        "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%",
        "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "$<$", ">": "$>$", "|": "$|$",
        "\u{2212}": "$-$", "×": "$\\times$", "±": "$\\pm$", "≥": "$\\geq$", "≤": "$\\leq$", "√": "$\\surd$",
        "∝": "$\\propto$", "→": "$\\rightarrow$", "←": "$\\leftarrow$", "·": "$\\cdot$", "′": "$'$",
        "–": "--",
        "α": "$\\alpha$", "δ": "$\\delta$", "ε": "$\\varepsilon$", "λ": "$\\lambda$", "μ": "$\\mu$",
        "ν": "$\\nu$", "σ": "$\\sigma$", "Σ": "$\\Sigma$", "τ": "$\\tau$", "φ": "$\\varphi$",
        "Γ": "$\\Gamma$",
        "Δ": "$\\Delta$", "\u{202F}": "\\,", "\u{A0}": "~", "⁻": "$^{-}$", "ʰ": "$^{h}$",
    ]
    private static let superscripts: [Unicode.Scalar] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]

    /// What LaTeX has no letter for becomes a question mark.
    static func escape(_ text: String) -> String {
        text.visible.unicodeScalars.map { scalar in
            if let replacement = replacements[scalar] { return replacement }
            if let digit = superscripts.firstIndex(of: scalar) { return "$^{\(digit)}$" }
            return scalar.isASCII ? String(scalar) : "?"
        }.joined()
    }
}
