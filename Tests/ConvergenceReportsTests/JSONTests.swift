import ConvergenceReports
import ConvergenceStudies
import Foundation
import Testing

struct JSONTests {
    @Test func aResultSurvivesTheRoundTrip() throws {
        for result in [Synthetic.single, Synthetic.layered, Synthetic.empty] {
            #expect(try JSONReport.decode(JSONReport().render(result)) == result)
        }
    }

    @Test func theTextIsStable() throws {
        var result = Synthetic.single
        result.header.studyText = "solver: ./solvers/nest\n"
        let text = try JSONReport().render(result)
        #expect(try JSONReport().render(result) == text)
        #expect(text.hasSuffix("}\n") && text.contains("./solvers/nest"))
        let keys = [
            "\"distributions\"", "\"header\"", "\"orders\"", "\"rows\"", "\"sample_path\"", "\"scalars\"",
        ]
        let places = keys.compactMap { text.range(of: "\n  " + $0)?.lowerBound }
        #expect(places.count == keys.count && places == places.sorted())
    }

    @Test func anotherFormatVersionIsNamed() throws {
        // Even where the rest of the file has a shape this version knows nothing of.
        #expect(throws: ReportError.formatVersion(found: 7, supported: 1)) {
            try JSONReport.decode(#"{"header": {"format_version": 7}, "levels": []}"#)
        }
        #expect(ReportError.formatVersion(found: 7, supported: 1).description.contains("format version 7"))
    }

    @Test func aTruncatedFileIsCalledIncomplete() throws {
        let text = try JSONReport().render(Synthetic.single)
        for truncated in [String(text.dropLast(text.count / 2)), ""] {
            let error = #expect(throws: ReportError.self) { try JSONReport.decode(truncated) }
            guard case .incomplete = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test func aMissingFieldIsNamed() throws {
        let text = try JSONReport().render(Synthetic.single).replacingOccurrences(
            of: "\"ci_low\"", with: "\"low\""
        )
        .replacingOccurrences(of: "\"integrator\"", with: "\"solver\"")
        let error = #expect(throws: ReportError.self) { try JSONReport.decode(text) }
        #expect(error?.description.contains("integrator") == true)
    }

    @Test func aNumberJSONCannotExpressIsNamed() {
        var result = Synthetic.single
        result.rows[3].value = .infinity
        #expect(throws: ReportError.notFinite(field: "rows.3.value")) { try JSONReport().render(result) }
    }
}
