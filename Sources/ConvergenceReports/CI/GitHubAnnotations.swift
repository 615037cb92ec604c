import ConvergenceStudies

/// Workflow commands that GitHub turns into annotations: https://docs.github.com/actions, "Workflow commands".
public enum GitHubAnnotations {
    /// GitHub shows ten annotations of a kind and step; the tenth says how many there are more.
    private static let most = 9

    /// One line each; empty where there is nothing to say.
    public static func text(of studies: [CheckedStudy]) -> String {
        let cases = CheckCase.all(of: studies)
        let errors = cases.filter { $0.kind == .failure || $0.kind == .error }
        let notices = cases.filter { $0.kind == .skipped || ($0.kind == .passed && $0.isNotable) }
        return lines("error", errors) + lines("notice", notices)
    }

    private static func lines(_ command: String, _ cases: [CheckCase]) -> String {
        let shown = cases.prefix(most).map { check in
            "::\(command) file=\(property(check.file)),title=\(property("spikeverify: \(check.study)"))::"
                + data(check.headline) + "\n"
        }
        guard cases.count > most else { return shown.joined() }
        return shown.joined()
            + "::\(command) title=spikeverify::\(cases.count - most) more, in the summary of this step\n"
    }

    private static func data(_ text: String) -> String {
        text.visibleLines.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing(
            "\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
