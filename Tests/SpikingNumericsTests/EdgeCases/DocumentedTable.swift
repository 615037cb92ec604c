import Foundation
import Testing

/// A table in EdgeCases.md that a test keeps as it is.
struct DocumentedTable {
    /// Of the section that has it.
    var heading: String

    static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/SpikingNumerics/Documentation.docc/EdgeCases.md")

    /// Expects the table's body to be these lines; with SPIKEVERIFY_WRITE_DOCS=1 it is made so.
    func expect(_ lines: [String]) throws {
        var text = try String(contentsOf: Self.file, encoding: .utf8).components(separatedBy: "\n")
        let start = try #require(text.firstIndex(of: heading), "no section \(heading)")
        let rule = try #require(text[start...].firstIndex { $0.hasPrefix("|---") }, "no table")
        let body = rule + 1..<(text[(rule + 1)...].firstIndex { !$0.hasPrefix("|") } ?? text.endIndex)
        if ProcessInfo.processInfo.environment["SPIKEVERIFY_WRITE_DOCS"] == "1" {
            text.replaceSubrange(body, with: lines)
            try text.joined(separator: "\n").write(to: Self.file, atomically: true, encoding: .utf8)
        } else {
            #expect(
                Array(text[body]) == lines,
                "make it again: SPIKEVERIFY_WRITE_DOCS=1 swift test -c release --filter Edge")
        }
    }
}
