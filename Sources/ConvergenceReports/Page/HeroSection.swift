import ConvergenceStudies

/// What the page opens with: one figure of error against step, and how large errors are, in a sentence.
struct HeroSection {
    var heroQuantity: String
    var heroSentence: String?
    var heroFigure: String
    var heroOmission: String?

    /// Nil where nothing can be drawn.
    init?(_ result: StudyResult) {
        guard let quantity = result.principalQuantity,
            let plot = ErrorFigure.network(quantity, in: result, identifier: "opening")
        else { return nil }
        heroQuantity = "\(quantity.title): \(quantity.meaning.axisLabel)"
        heroSentence = ErrorSizes.sentence(quantity, in: result)
        heroFigure = plot.svg
        heroOmission = ErrorFigure.omission(quantity, in: result)
    }
}

/// A line of the table of contents.
struct ContentsEntry {
    var contentsAnchor: String
    var contentsTitle: String
}

extension Page {
    /// In the order of the page.
    var entries: [ContentsEntry] {
        let all: [(String, String, Bool)] = [
            ("orders", "Verdicts and orders of convergence", orders != nil),
            ("path", "Where the error comes from", samplePath != nil),
            ("measures", "Error against step: every measure", !measures.isEmpty),
            ("work-precision", "Error against work", workPrecision != nil),
            ("spike-times", "Spike-time errors", spikeTimes != nil),
            ("crossing-speeds", "Slow threshold crossings", crossing != nil),
            ("diagnostics", "Diagnostics", diagnostics != nil),
            ("populations", "Error by \(populations?.populationKind ?? "")", populations != nil),
            ("scalars", "Rates, exponents and means", scalars != nil),
            ("reading", "How to read this", true), ("methods", "Methods", true),
            ("provenance", "Provenance", true),
        ]
        return all.filter(\.2).map { ContentsEntry(contentsAnchor: $0.0, contentsTitle: $0.1) }
    }
}
