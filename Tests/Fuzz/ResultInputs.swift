import ConvergenceReports
import ConvergenceStudies

/// Results and baselines, which are JSON.
enum ResultInputs {
    /// Reads a result and writes it in every format.
    static func read(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        do {
            let result = try JSONReport.decode(text)
            for format in ReportCatalogue.formats { _ = try format.render(result) }
            for format in ReportCatalogue.figureFormats { _ = ReportCatalogue.files(format, of: result) }
        } catch {
            expectReason(error)
        }
    }

    static var seeds: [[UInt8]] { [Array(try! JSONReport().render(SmallStudy.result()).utf8)] }

    /// Reads a baseline, or a candidate for one, and does with it what `check`, `review` and `accept` do.
    static func readBaseline(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        do {
            let baseline = try Baseline(text: text)
            for (old, new) in [(baseline, own), (own, baseline)] {
                var accepted = old
                _ = accepted.accept("*", from: new)
                let comparison = try BaselineComparison(baseline: old, candidate: new)
                _ = comparison.verdict
            }
        } catch {
            expectReason(error)
        }
    }

    private static let own = Baseline(SmallStudy.result())

    static var baselineSeeds: [[UInt8]] { [Array(try! own.text().utf8)] }
}
