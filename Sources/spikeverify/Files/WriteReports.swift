import ConvergenceReports
import ConvergenceStudies
import Foundation

/// Puts a result where people and scripts look for it.
enum WriteReports {
    /// Writes all that there is for a result.
    ///
    /// - Parameters:
    ///   - resultName: What the result itself is called.
    ///   - detail: How much of it is printed.
    static func write(
        _ result: StudyResult, to directory: String, resultName: String? = nil,
        detail: TerminalReport.Detail = .screen
    ) throws {
        warn(of: result)
        let formats = formats(for: result) + [TerminalReport(detail)]
        try write(result, formats: formats, to: directory, resultName: resultName)
        try writeSweep(of: result, beside: directory)
    }

    /// Where the result is a point of a sweep, makes the whole sweep's tables and figures anew from those points that are there.
    ///
    /// - Throws: `OutputError`, `ReportError`.
    static func writeSweep(of result: StudyResult, beside directory: String) throws {
        guard let point = result.header.point else { return }
        let out = URL(fileURLWithPath: directory).deletingLastPathComponent()
        let neighbours = (try? FileManager.default.contentsOfDirectory(atPath: out.path)) ?? []
        let results = neighbours.filter { $0.hasPrefix(point.of + ".") }.sorted().compactMap {
            name -> StudyResult? in
            let file = out.appending(path: name).appending(path: JSONReport().fileName!)
            guard let text = try? String(contentsOf: file, encoding: .utf8),
                let found = try? JSONReport.decode(text), found.header.point?.of == point.of
            else { return nil }
            return found
        }
        // What an earlier sweep of the name has left, of another study or of other paths, is no part of this one.
        guard let report = SweepReport(results.filter { $0.isPoint(ofSweepOf: result) }) else { return }
        let folder = out.appending(path: point.of).path
        try OutputDirectory.prepare(folder)
        for file in try report.files() { try AtomicFile.write(file.text, to: "\(folder)/\(file.name)") }
    }

    /// What the run has shown to be probably not meant; what the file shows was said when it was read.
    static func warn(of result: StudyResult) {
        for warning in result.header.warnings ?? [] where warning.isOfRun {
            StandardError.print(warning.warning(in: result.header.study))
        }
    }

    /// All that there are files of for a result: studies without spike times have no list of spikes.
    static func formats(for result: StudyResult) -> [any ReportFormat] {
        ReportCatalogue.formats.filter {
            $0.fileName != nil && (!($0 is CrossingsReport) || !result.crossings.isEmpty)
        }
    }

    /// Prints the formats that have no file, writes the others, and says last where the page for people is.
    ///
    /// - Throws: `OutputError`, and what a format throws that cannot express the result.
    static func write(
        _ result: StudyResult, formats: [any ReportFormat], to directory: String, resultName: String? = nil
    ) throws {
        for format in formats where format.fileName == nil {
            var shown = format
            if let report = format as? TerminalReport {
                shown = TerminalReport(report.detail, colour: isColourWelcome)
            }
            // Made visible already, and coloured since.
            Swift.print(try shown.render(result), terminator: "")
        }
        try writeFiles(result, formats: formats, to: directory, resultName: resultName)
        if formats.contains(where: { ($0 as? TerminalReport)?.detail == .verdict }) { return }
        if let page = formats.first(where: { $0.name == "html" })?.fileName {
            print("report: \(directory)/\(page)")
        }
    }

    /// Writes the formats that have a file.
    ///
    /// - Throws: `OutputError`, and what a format throws that cannot express the result.
    static func writeFiles(
        _ result: StudyResult, formats: [any ReportFormat], to directory: String, resultName: String? = nil
    ) throws {
        let filed = formats.filter { $0.fileName != nil }
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let texts = try ConcurrentWork.map(filed.count, threads: threads) { try filed[$0].render(result) }
        for (format, text) in zip(filed, texts) {
            let name = (format is JSONReport ? resultName : nil) ?? format.fileName!
            try AtomicFile.write(text, to: "\(directory)/\(name)")
        }
    }

    /// On a terminal, unless its user objects: https://no-color.org.
    private static var isColourWelcome: Bool {
        let objection = ProcessInfo.processInfo.environment["NO_COLOR"] ?? ""
        return isatty(STDOUT_FILENO) == 1 && objection.isEmpty
    }
}
