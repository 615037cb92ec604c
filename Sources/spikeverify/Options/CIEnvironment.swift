import Foundation

/// What the environment says about the machine that the tool runs on.
enum CIEnvironment {
    /// The convention of all CI services: `CI=true`.
    static var isCI: Bool { isSet("CI") }
    static var isGitHub: Bool { isSet("GITHUB_ACTIONS") }
    /// The file that GitHub shows on the page of the run; nil elsewhere.
    static var stepSummary: String? { value("GITHUB_STEP_SUMMARY") }

    private static func isSet(_ name: String) -> Bool {
        value(name).map { !["false", "0"].contains($0.lowercased()) } ?? false
    }

    private static func value(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
