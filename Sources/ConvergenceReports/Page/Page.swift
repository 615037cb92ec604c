import ConvergenceStudies

/// Everything the template of the page needs, ready to be printed.
///
/// Names are unique over all levels: the template looks a missing value up in the enclosing level.
struct Page {
    var title: String
    var style = PageStyle.css
    /// Nil where nothing was expected.
    var verdict: OverallVerdict?
    var summary: String
    /// Values that are probably not meant.
    var warnings: [String]
    /// What gives every number of the page.
    var reproduction: String
    var methods: String
    var hero: HeroSection?
    var contents: [ContentsEntry] = []
    var orders: OrdersSection?
    var samplePath: PathSection?
    var measures: [MeasureSection]
    var workPrecision: WorkPrecisionSection?
    var spikeTimes: PanelSection?
    var crossing: FigureSection?
    var diagnostics: DiagnosticsSection?
    var populations: PopulationSection?
    var scalars: ScalarSection?
    var terms: [Term]
    var provenance: Provenance

    init(_ result: StudyResult) {
        title = result.header.title.isEmpty ? result.header.study : result.header.title
        verdict = OverallVerdict(result)
        summary = Findings(result: result).summary
        warnings = (result.header.warnings ?? []).map(\.sentence)
        reproduction = Provenance(result.header).command
        methods = Methods.paragraph(result)
        hero = HeroSection(result)
        orders = OrdersSection(result)
        samplePath = result.samplePath.map(PathSection.init)
        measures = result.quantities(case: StudyResult.network).enumerated().map { index, quantity in
            MeasureSection(quantity, in: result, number: index + 1)
        }
        workPrecision = WorkPrecisionSection(result)
        let panels = SpikeTimeFigure.panels(of: result)
        spikeTimes =
            panels.isEmpty
            ? nil
            : PanelSection(
                panelLayout: Self.layout(of: result), panelFigures: panels.map(\.svg),
                panelCaption: SpikeTimeFigure.caption(of: result))
        crossing = CrossingSpeedFigure(result).map {
            FigureSection(onlyFigure: $0.plot.svg, onlyCaption: $0.caption)
        }
        diagnostics = DiagnosticsSection(result)
        populations = PopulationSection(result)
        scalars = ScalarSection(result)
        terms = Term.all(for: result)
        provenance = Provenance(result.header)
        contents = entries
    }

    /// The class of a grid with a figure for each integrator: two in a row, or more where there are many.
    static func layout(of result: StudyResult) -> String {
        result.hasManyIntegrators ? "pair many" : "pair"
    }
}

/// The verdict on the whole study, the first thing on the page.
struct OverallVerdict {
    var verdictClass: String
    var verdictText: String

    init?(_ result: StudyResult) {
        let findings = Findings(result: result)
        let tally = [findings.ladderTally, findings.tally].compactMap { $0 }.joined(separator: "; ")
        guard !tally.isEmpty, result.verdict != .none else { return nil }
        verdictClass = result.verdict.rawValue
        let sign = result.verdict == .pass ? "✓" : result.verdict == .fail ? "✗" : "?"
        verdictText = "\(sign) \(result.verdict.rawValue): \(tally)"
    }
}

/// Several figures of one kind under one caption.
struct PanelSection {
    /// The class of the grid of figures.
    var panelLayout: String
    var panelFigures: [String]
    var panelCaption: String
}

struct FigureSection {
    var onlyFigure: String
    var onlyCaption: String
}

struct PathSection {
    var overview: String
    var closeUp: String?
    var pathCaption: String

    init(_ path: SamplePath) {
        overview = SamplePathFigure.overview(path).svg
        closeUp = SamplePathFigure.closeUp(path)?.svg
        pathCaption = SamplePathFigure.caption(path)
    }
}
