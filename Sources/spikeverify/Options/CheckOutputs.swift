import ArgumentParser
import ConvergenceReports
import Foundation

/// What `check` writes for CI services.
struct CheckOutputs: ParsableArguments {
    enum Annotations: String, CaseIterable, ExpressibleByArgument {
        case auto, github, none
    }

    @Option(help: "JUnit XML file to write.", completion: .file())
    var junit: String?

    @Option(help: "GitLab code quality file to write.", completion: .file())
    var codeQuality: String?

    @Option(
        help: "File that a Markdown summary is appended to. (default: what $GITHUB_STEP_SUMMARY names)",
        completion: .file())
    var summary: String?

    @Option(help: "Annotations on standard output; auto is github where $GITHUB_ACTIONS is set.")
    var annotations = Annotations.auto

    /// Better to fail before an hour of simulation than after it.
    ///
    /// - Throws: `OutputError`.
    func prepare() throws {
        for (option, path) in [("--junit", junit), ("--code-quality", codeQuality), ("--summary", summary)] {
            guard let path else { continue }
            do {
                try OutputDirectory.prepare(
                    URL(fileURLWithPath: path).deletingLastPathComponent().path)
            } catch {
                var error = error
                error.option = option
                throw error
            }
        }
    }

    /// - Throws: `OutputError`.
    func write(_ studies: [CheckedStudy]) throws {
        if let junit { try AtomicFile.write(JUnitXML.text(of: studies), to: junit) }
        if let codeQuality { try AtomicFile.write(CodeQuality.text(of: studies), to: codeQuality) }
        if let path = summary ?? CIEnvironment.stepSummary { try append(studies, to: path) }
        if annotations == .github || (annotations == .auto && CIEnvironment.isGitHub) {
            print(GitHubAnnotations.text(of: studies), terminator: "")
        }
    }

    /// Other steps of a job may have written to the file before.
    private func append(_ studies: [CheckedStudy], to path: String) throws(OutputError) {
        guard let file = fopen(path, "ab") else {
            throw OutputError(path: path, code: errno, option: "--summary")
        }
        var text = MarkdownSummary.text(of: studies)
        let isWritten = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) == $0.count }
        guard fclose(file) == 0, isWritten else {
            throw OutputError(path: path, code: errno, option: "--summary")
        }
    }
}
