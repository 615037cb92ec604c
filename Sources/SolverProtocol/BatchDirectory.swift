import Foundation

/// A directory of its own for one batch, where request, reply and whatever the solver prints lie.
struct BatchDirectory {
    let url: URL

    /// So much of what a solver printed is shown.
    private static let shownBytes = 2000
    private static let shownLines = 12

    /// - Throws: `SolverError` of kind `launch`.
    init() throws(SolverError) {
        url = FileManager.default.temporaryDirectory.appending(path: "spikeverify-" + UUID().uuidString)
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw SolverError(.launch, "\(url.path) cannot be made: \(error.localizedDescription)")
        }
    }

    func remove() { try? FileManager.default.removeItem(at: url) }

    /// - Throws: `SolverError` of kind `launch`.
    func openOutput() throws(SolverError) -> (output: FileHandle, errors: FileHandle) {
        (try open("stdout.txt"), try open("stderr.txt"))
    }

    private func open(_ name: String) throws(SolverError) -> FileHandle {
        let file = url.appending(path: name)
        guard FileManager.default.createFile(atPath: file.path, contents: nil),
            let handle = try? FileHandle(forWritingTo: file)
        else { throw SolverError(.launch, "\(file.path) cannot be written to") }
        return handle
    }

    /// The last lines on standard error or, where it is empty, on standard output.
    var endOfOutput: String {
        let errors = end(of: "stderr.txt")
        return errors.isEmpty ? end(of: "stdout.txt") : errors
    }

    /// The last thing a solver said.
    var lastLine: String { endOfOutput.split(separator: "\n").last.map(String.init) ?? "" }

    private func end(of name: String) -> String {
        guard let file = try? FileHandle(forReadingFrom: url.appending(path: name)),
            let size = try? file.seekToEnd()
        else { return "" }
        defer { try? file.close() }
        let start = size > UInt64(Self.shownBytes) ? size - UInt64(Self.shownBytes) : 0
        guard (try? file.seek(toOffset: start)) != nil, let data = try? file.readToEnd() else { return "" }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").suffix(Self.shownLines)
            .joined(separator: "\n")
    }
}
