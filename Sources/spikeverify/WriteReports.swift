import ConvergenceReports
import ConvergenceStudies
import Foundation

/// Puts a result where people and scripts look for it.
enum WriteReports {
    /// Writes all that there is for a result.
    ///
    /// - Parameter resultName: What the result itself is called.
    static func write(_ result: StudyResult, to directory: String, resultName: String? = nil) throws {
        // Studies without spike times have no list of spikes.
        let formats = ReportCatalogue.formats.filter {
            !($0 is CrossingsReport) || !result.crossings.isEmpty
        }
        try write(result, formats: formats, to: directory, resultName: resultName)
    }

    /// Writes the formats that have a file, prints the others, and says last where the page for people is.
    ///
    /// - Throws: `OutputError`, and what a format throws that cannot express the result.
    static func write(
        _ result: StudyResult, formats: [any ReportFormat], to directory: String, resultName: String? = nil
    ) throws {
        var page: String?
        for format in formats {
            guard let fileName = format.fileName else {
                let shown = format is TerminalReport ? TerminalReport(colour: isColourWelcome) : format
                print(try shown.render(result), terminator: "")
                continue
            }
            let text = try format.render(result)
            let path = "\(directory)/\(format is JSONReport ? resultName ?? fileName : fileName)"
            try AtomicFile.write(text, to: path)
            if format.name == "html" { page = path }
        }
        if let page { print("report: \(page)") }
    }

    /// On a terminal, unless its user objects: https://no-color.org.
    private static var isColourWelcome: Bool {
        let objection = ProcessInfo.processInfo.environment["NO_COLOR"] ?? ""
        return isatty(STDOUT_FILENO) == 1 && objection.isEmpty
    }
}
