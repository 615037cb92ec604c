import ConvergenceReports
import ConvergenceStudies

/// Results and baselines, which are JSON.
enum ResultInputs {
    /// Reads a result and writes it in one format, which the text chooses: all of them take too long.
    static func read(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        do {
            let result = try JSONReport.decode(text)
            let formats = ReportCatalogue.formats
            let figureFormats = ReportCatalogue.figureFormats
            let k = bytes.sum % (formats.count + figureFormats.count)
            if k < formats.count {
                _ = try formats[k].render(result)
            } else {
                _ = ReportCatalogue.files(figureFormats[k - formats.count], of: result)
            }
        } catch {
            expectReason(error)
        }
    }

    static var seeds: [[UInt8]] { SmallStudy.all.map { Array(try! JSONReport().render($0.result()).utf8) } }

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

    private static let own = Baseline(SmallStudy.all[1].result())

    static var baselineSeeds: [[UInt8]] {
        SmallStudy.all.map { Array(try! Baseline($0.result()).text().utf8) }
    }
}
