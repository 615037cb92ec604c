import ConvergenceReports
import Foundation
import Testing

/// Writes the pages to the folder named by SPIKEVERIFY_REPORT_DUMP, to be looked at.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["SPIKEVERIFY_REPORT_DUMP"] != nil))
struct DumpTests {
    @Test(arguments: ["single", "layered", "empty", "many", "degenerate", "hostile", "timed", "kin"])
    func everyFormat(name: String) throws {
        let folder = URL(
            fileURLWithPath: try #require(ProcessInfo.processInfo.environment["SPIKEVERIFY_REPORT_DUMP"]))
        let result = try #require(PageTests.results.first { $0.0 == name }).1
        for format in ReportCatalogue.formats {
            let file = folder.appendingPathComponent("\(name).\(format.name)")
            try format.render(result).write(to: file, atomically: true, encoding: .utf8)
        }
    }
}
