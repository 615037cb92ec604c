import ConvergenceReports
import Foundation
import Testing

/// Writes the pages to the folder named by SPIKEVERIFY_REPORT_DUMP, to be looked at.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["SPIKEVERIFY_REPORT_DUMP"] != nil))
struct DumpTests {
    @Test(arguments: ["single", "layered", "empty"])
    func everyFormat(name: String) throws {
        let folder = URL(
            fileURLWithPath: try #require(ProcessInfo.processInfo.environment["SPIKEVERIFY_REPORT_DUMP"]))
        let result = ["single": Synthetic.single, "layered": Synthetic.layered, "empty": Synthetic.empty][
            name]!
        for format in ReportCatalogue.formats {
            let file = folder.appendingPathComponent("\(name).\(format.name)")
            try format.render(result).write(to: file, atomically: true, encoding: .utf8)
        }
    }
}
