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
        return template.render(Page(result))
    }
}
