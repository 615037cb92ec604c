import Foundation

/// A table in EdgeCases.md that a test keeps as it is.
package struct DocumentedTable {
    /// The table is missing, or says something else than the test has found.
    package struct Stale: Error, CustomStringConvertible {
        package var description: String
    }

    /// Of the section that has it.
    package var heading: String

    package init(heading: String) { self.heading = heading }

    private static let file = Repository.folder.appending(
        path: "Sources/SpikingNumerics/Documentation.docc/EdgeCases.md")

    /// Makes sure that the table's body is these lines; with SPIKEVERIFY_WRITE_DOCS=1 it is made so.
    ///
    /// - Throws: `Stale`.
    package func check(_ lines: [String]) throws {
        var text = try String(contentsOf: Self.file, encoding: .utf8).components(separatedBy: "\n")
        guard let start = text.firstIndex(of: heading),
            let rule = text[start...].firstIndex(where: { $0.hasPrefix("|---") })
        else { throw Stale(description: "no table below \(heading)") }
        let body = rule + 1..<(text[(rule + 1)...].firstIndex { !$0.hasPrefix("|") } ?? text.endIndex)
        if ProcessInfo.processInfo.environment["SPIKEVERIFY_WRITE_DOCS"] == "1" {
            text.replaceSubrange(body, with: lines)
            try text.joined(separator: "\n").write(to: Self.file, atomically: true, encoding: .utf8)
        } else if Array(text[body]) != lines {
            throw Stale(
                description: "\(heading) is not what was found; make it again: "
                    + "SPIKEVERIFY_WRITE_DOCS=1 swift test -c release --filter Edge")
        }
    }
}
