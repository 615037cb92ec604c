import ArgumentParser
import Foundation

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a solver to fill in, a study of it and a workflow for continuous integration.",
        discussion: """
            Writes solver.py, study.yaml and .github/workflows/accuracy.yml, and nothing where one of them is there already. The \
            solver is right as it stands: Euler and Maruyama's method; put your simulator's step in its place.
            """)

    /// The languages that there is a template in.
    enum Language: String, ExpressibleByArgument, CaseIterable {
        case python
    }

    @Option(help: "The language of the solver.")
    var solver = Language.python

    @Argument(help: "Where to write; made if it is not there.", completion: .directory)
    var directory = "."

    /// By path below the directory.
    static let files: [(path: String, text: String)] = [
        ("solver.py", text(PackageResources.solver_py)),
        (
            "study.yaml",
            text(PackageResources.study_yaml)
                .replacingOccurrences(of: "numpy/euler.py", with: "solver.py")
                .replacingOccurrences(of: "solvers-template", with: "my-solver")
                .replacingOccurrences(of: "convergence/solvers/template.yaml", with: "study.yaml")
                .replacingOccurrences(
                    of:
                        "# A study of a solver of your own: copy it, and put your program in the place of solver.py.",
                    with: "# A study of solver.py, which stands for your program.")
        ),
        (".github/workflows/accuracy.yml", text(PackageResources.workflow_yml)),
    ]

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    func run() throws {
        let root = URL(fileURLWithPath: directory)
        let places = Self.files.map { (file: root.appending(path: $0.path), text: $0.text) }
        if let taken = places.first(where: { FileManager.default.fileExists(atPath: $0.file.path) }) {
            StandardError.print(
                "\(taken.file.relativePath): is there already, so nothing was written; name another directory"
            )
            throw ExitCode.usage
        }
        for (file, text) in places {
            do {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try AtomicFile.write(text, to: file.path)
            } catch {
                StandardError.print(
                    "\(file.relativePath): \((error as? OutputError).map { "\($0)" } ?? error.localizedDescription)"
                )
                throw ExitCode.failedRun
            }
            print("wrote \(file.relativePath)")
        }
        let prefix = directory == "." ? "" : "cd \(directory) && "
        print("next: \(prefix)spikeverify solver test -- python3 solver.py {request} {reply}")
        print("      \(prefix)spikeverify check study.yaml")
    }
}
