import ArgumentParser
import ConvergenceReports
import ConvergenceStudies
import Foundation

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a result that is already there in other formats.")

    @Argument(help: "A result.json.", completion: .file(extensions: ["json"]))
    var result: String

    @Option(help: "Formats, separated by commas; `spikeverify list formats` shows all.")
    var format: String

    @Option(
        parsing: .upToNextOption,
        help:
            "Figures to write, such as error-strong-final; all where none is named, and a wrong name shows all."
    )
    var figure: [String] = []

    @Option(help: "Directory for the files. (default: that of the result)", completion: .directory)
    var out: String?

    func run() throws {
        do {
            let (formats, figureFormats) = try self.formats()
            let content = try read()
            try checkFigures(of: content, figureFormats)
            let directory = out ?? URL(fileURLWithPath: result).deletingLastPathComponent().relativePath
            if formats.contains(where: { $0.fileName != nil }) { try OutputDirectory.prepare(directory) }
            try WriteReports.write(content, formats: formats, to: directory)
            try write(content, figureFormats, to: "\(directory)/\(ReportCatalogue.figureFolder)")
        } catch let error as OutputError {
            StandardError.print("\(error)")
            throw ExitCode.usage
        }
    }

    private func formats() throws -> ([any ReportFormat], [any FigureFormat]) {
        let names = format.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard !names.isEmpty else {
            throw ValidationError("--format names no format; give for example html,csv.")
        }
        let known = ReportCatalogue.formats.map(\.name) + ReportCatalogue.figureFormats.map(\.name)
        if let wrong = names.first(where: { !known.contains($0) }) {
            throw ValidationError(
                "There is no format \"\(wrong)\"; choose from \(known.joined(separator: ", ")).")
        }
        return (
            names.compactMap(ReportCatalogue.format(named:)),
            names.compactMap(ReportCatalogue.figureFormat(named:))
        )
    }

    private func checkFigures(of result: StudyResult, _ formats: [any FigureFormat]) throws {
        guard !figure.isEmpty else { return }
        let known = ReportCatalogue.figures(of: result)
        guard let wrong = figure.first(where: { !known.contains($0) }) else {
            guard formats.isEmpty else { return }
            throw ValidationError(
                "--figure is about formats of figures: add one of \(ReportCatalogue.figureFormats.map(\.name).joined(separator: ", ")) to --format."
            )
        }
        let choice = known.isEmpty ? "the result has none" : "choose from \(known.joined(separator: ", "))"
        throw ValidationError("There is no figure \"\(wrong)\"; \(choice).")
    }

    private func write(_ result: StudyResult, _ formats: [any FigureFormat], to folder: String) throws {
        guard !formats.isEmpty else { return }
        try OutputDirectory.prepare(folder)
        let names = figure.isEmpty ? nil : figure
        let files = formats.flatMap { ReportCatalogue.files($0, of: result, named: names) }
        for file in files { try AtomicFile.write(file.text, to: "\(folder)/\(file.name)") }
        print("figures: \(Set(files.map(\.name)).count) files in \(folder)")
    }

    private func read() throws -> StudyResult {
        guard let data = FileManager.default.contents(atPath: result),
            let text = String(validating: data, as: UTF8.self)
        else {
            StandardError.print("\(result): is no text file that can be read; give the path of a result.json")
            throw ExitCode.usage
        }
        do {
            return try JSONReport.decode(text)
        } catch {
            StandardError.print("\(result): \(error)")
            throw ExitCode.usage
        }
    }
}
