import ConvergenceReports
import ConvergenceStudies

/// Puts a result where people and scripts look for it.
enum WriteReports {
    /// Writes the formats that have a file, prints the others, and says last where the page for people is.
    ///
    /// - Throws: `OutputError`, and what a format throws that cannot express the result.
    static func write(_ result: StudyResult, formats: [any ReportFormat], to directory: String) throws {
        var page: String?
        for format in formats {
            let text = try format.render(result)
            guard let fileName = format.fileName else {
                print(text, terminator: "")
                continue
            }
            let path = "\(directory)/\(fileName)"
            try AtomicFile.write(text, to: path)
            if format.name == "html" { page = path }
        }
        if let page { print("report: \(page)") }
    }
}
