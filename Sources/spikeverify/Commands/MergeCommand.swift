import ArgumentParser
import ConvergenceStudies
import Foundation

struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Make the result of a study from its parts.",
        discussion: """
            The parts are what `run --shard` has written, in any order. The result is bit for bit that of one run \
            of the whole study, apart from the header's host and time; the other reports are written beside it. \
            Parts that are missing, damaged, unfinished, doubled, of another study, seed or version are refused by \
            name (exit code 64); otherwise the exit code is that of the study.
            """)

    @Argument(help: "Part files.", completion: .file(extensions: ["part"]))
    var parts: [String]

    @Option(help: "The result; its directory is made if need be.", completion: .file(extensions: ["json"]))
    var out: String

    func validate() throws {
        if out.isEmpty || out.hasSuffix("/") {
            throw ValidationError("--out must name a file, for example \(out)result.json.")
        }
    }

    func run() throws {
        do {
            let merged = try MergedParts(paths: parts)
            let target = URL(fileURLWithPath: out)
            let directory = target.deletingLastPathComponent().relativePath
            try OutputDirectory.prepare(directory)
            let result = try StudyRunner(study: merged.study, threads: 1).result(of: merged.part)
            try WriteReports.write(result, to: directory, resultName: target.lastPathComponent)
            throw ExitCode(result)
        } catch let error as PartRefusals {
            StandardError.print("\(error)")
            throw ExitCode.usage
        } catch let error as OutputError {
            StandardError.print("\(error)")
            throw error.isOfTheDisk ? ExitCode.failedRun : .usage
        }
    }
}
