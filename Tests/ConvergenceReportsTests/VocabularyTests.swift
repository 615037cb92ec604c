import ConvergenceReports
import ConvergenceStudies
import SpikingNumerics
import Testing

struct VocabularyTests {
    @Test func everyMeasureOfTheCatalogueIsExplainedInItsUnit() {
        for measure in MeasureCatalogue.families.flatMap(\.measures) {
            let meanings = Vocabulary.measures.filter { $0.name == measure.name }
            #expect(meanings.count == 1, "\(measure.name)")
            let label = Vocabulary.axisLabel(measure: measure.name, observable: measure.observable)
            #expect(measure.unit.isEmpty != label.hasSuffix(" (\(measure.unit))"), "\(measure.name)")
            #expect(meanings.allSatisfy { !$0.sentence.isEmpty && !$0.axisLabel.isEmpty }, "\(measure.name)")
        }
    }

    @Test func everyScalarIsExplained() {
        #expect(ProbeCatalogue.scalars.allSatisfy { !$0.sentence.isEmpty })
    }

    @Test func aPageExplainsWhatItShowsAndSurvivesWhatCouldNotBeComputed() throws {
        var result = Synthetic.empty
        for measure in MeasureCatalogue.families.flatMap(\.measures) {
            var row = Synthetic.missing
            (row.measure, row.observable) = (measure.name, measure.observable)
            result.rows.append(row)
        }
        for scalar in ProbeCatalogue.scalars {
            for h in [nil, 0.5] {
                result.scalars.append(
                    Scalar(
                        study: "quickstart", case: "network", name: scalar.name, method: "exact-event",
                        integrator: "exact-event", h: h, value: nil, standardError: nil, intervalLow: nil,
                        intervalHigh: nil, unit: scalar.unit))
            }
        }
        for format in ReportCatalogue.formats { #expect(!(try format.render(result)).isEmpty) }
        let page = try #require(ReportCatalogue.format(named: "html")).render(result)
        for term in ["van-rossum", "coincidence-factor", "interval-cv", "synchrony"] {
            #expect(page.contains(">\(term)</dt>"), "\(term)")
        }
    }
}
