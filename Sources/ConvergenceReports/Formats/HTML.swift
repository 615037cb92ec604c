import ConvergenceStudies
import Mustache

/// `report.html`: one page without scripts or outside resources, for screen, dark screen and paper.
public struct HTMLReport: ReportFormat {
    public let name = "html"
    public let fileName: String? = "report.html"
    public let summary = "one page with figures and tables, for people"

    public init() {}

    public func render(_ result: StudyResult) throws -> String {
        let template = try MustacheTemplate(string: PageTemplate.text)
        var page = Page(result)
        // The file is shown word for word.
        let (file, token) = (page.provenance.studyText, "study file \(result.header.studyHash)")
        page.provenance.studyText = token
        return VoltageUnit(result.header).shown(template.render(page))
            .replacing(token, with: XMLText.escape(file))
    }
}
