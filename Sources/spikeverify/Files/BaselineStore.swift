import ArgumentParser
import ConvergenceStudies
import Foundation

/// Where baselines lie, and the candidates that a `check` leaves for them.
struct BaselineStore {
    /// A file per study, `<study>.json`.
    var directory: String

    static let candidateName = "baseline-candidate.json"

    func path(of study: String) -> String { "\(directory)/\(study).json" }

    /// Nil where there is none.
    ///
    /// - Throws: `ExitCode.usage` after saying what is wrong with the file.
    func baseline(of study: String) throws(ExitCode) -> Baseline? {
        try Self.read(path(of: study))
    }

    /// - Throws: `OutputError`.
    func write(_ baseline: Baseline) throws {
        do {
            try OutputDirectory.prepare(directory)
            try AtomicFile.write(baseline.text(), to: path(of: baseline.study))
        } catch var error as OutputError {
            error.option = "--baseline"
            throw error
        }
    }

    /// What the last `check` of every study left in a folder of results, by the name of the study.
    static func candidates(in out: String) throws(ExitCode) -> [Baseline] {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: out)) ?? []
        var candidates: [Baseline] = []
        for folder in folders.sorted() {
            if let candidate = try read("\(out)/\(folder)/\(candidateName)") { candidates.append(candidate) }
        }
        return candidates
    }

    private static func read(_ path: String) throws(ExitCode) -> Baseline? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            guard let data = FileManager.default.contents(atPath: path),
                let text = String(validating: data, as: UTF8.self)
            else { throw BaselineError.notABaseline("it cannot be read as text") }
            return try Baseline(text: text)
        } catch {
            StandardError.print("\(path): \(error)")
            throw .usage
        }
    }
}
